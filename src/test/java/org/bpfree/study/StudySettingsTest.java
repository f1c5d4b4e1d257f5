package org.bpfree.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudySettingsTest {
    @TempDir
    private Path folder;

    private StudyFiles files;

    @BeforeEach
    void write() {
        files = StudyFiles.in(folder);
    }

    @Test
    void aStudyIsReadWithItsOwnKeyForTheFinalRuns() {
        StudySettings study = files.study(StudyFiles.TUNED).settings();

        assertThat(study.arms().keySet()).containsExactly("near", "reference");
        assertThat(study.last().seeds()).containsExactly(1L, 2L, 3L);
        assertThat(study.tune().orElseThrow().metric()).isEqualTo(TuneSettings.Metric.VALIDATION_ACCURACY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arms: {} | final: {seeds: [1]} | arms: has no arm",
                "arms: {a: {seed: 1}} | final: {seeds: [1]} | 'seed' cannot be set here",
                "arms: {a: {training.test: false}} | final: {seeds: [1]} | final runs are always tested",
                "arms: {'a/b': {}} | final: {seeds: [1]} | an arm is called by",
                "arms: {a: {}} | final: {seeds: []} | holds no seed",
                "arms: {a: {}} | final: {seeds: [2, 2]} | holds 2 twice",
                "arms: {a: {}} | fnial: {seeds: [1]} | Did you mean 'final'?",
                "{arms: {backprop: {}}, reference: bakprop} | final: {seeds: [1]} | Did you mean 'backprop'?",
                "{arms: {a: {}}, control: b} | final: {seeds: [1]} | there is no arm 'b'; the arms are a.",
                "{arms: {a: {}}, claims: [{says: x, of: b, figure: test-accuracy, above: 0}]} | final: {seeds: [1]} | claims.0.of: there is no arm 'b'",
                "{arms: {a: {}, b: {}}, claims: [{says: x, difference: [a, c], figure: test-accuracy, above: 0}]} | final: {seeds: [1]} | claims.0.difference.1: there is no arm 'c'",
                "{arms: {a: {}}, claims: [{says: x, figure: test-accuracy, above: 0}]} | final: {seeds: [1]} | names no arm",
                "{arms: {a: {}}, claims: [{says: x, of: a, figure: test-accuracy}]} | final: {seeds: [1]} | has no bound",
                "{arms: {a: {}}, claims: [{says: x, of: a, figure: test-acuracy, above: 0}]} | final: {seeds: [1]} | Did you mean 'test-accuracy'",
                "{arms: {a: {}}, claims: [{says: x, of: a, figure: test-loss, above: 1, below: 1}]} | final: {seeds: [1]} | nothing is above 1.0 and below 1.0",
                "{arms: {a: {}}, tune: {seeds: [1]}} | final: {seeds: [1]} | names nothing to try",
                "{arms: {a: {}}, tune: {settings: {x: [1]}, seeds: [1], search: {random: 3, halving: {rungs: [1, 2], keep: 0.5}}}} | final: {seeds: [1]} | random and halving at once",
                "{arms: {a: {}}, tune: {settings: {x: [1]}, seeds: [1], search: {halving: {rungs: [3, 1], keep: 0.5}}}} | final: {seeds: [1]} | each larger than the one before",
                "{arms: {a: {}}, tune: {settings: {x: [1]}, arms: {b: {y: [1]}}, seeds: [1]}} | final: {seeds: [1]} | tune.arms.b: there is no arm 'b'"
            })
    void aWrongStudyIsExplained(String block, String last, String words) {
        String lines = block.startsWith("{")
                ? block.substring(1, block.length() - 1).replaceAll(", (?=(reference|control|claims|tune):)", "\n")
                : block;
        Failure failure = catchThrowableOfType(Failure.class, () -> files.study(lines + "\n" + last + "\n"));
        assertThat(failure).hasMessageContaining("study.yaml:").hasMessageContaining(words);
        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
    }
}
