package org.bpfree.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.failure.Failure;
import org.bpfree.sweep.CellState;
import org.bpfree.sweep.Plan;
import org.bpfree.sweep.PlannedCell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final String STUDY = """
            arms: {a: {}, b: {training.batchSize: 10}}
            final: {seeds: [1, 2]}
            """;

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    private StudyFiles files;
    private Study study;
    private Path file;

    @BeforeEach
    void archive() {
        files = StudyFiles.in(folder);
        study = files.study(STUDY);
        Plan plan = files.plan(study, "final");
        files.finish(study, plan.cells().get(0), 0.5, Optional.of(0.61));
        files.finish(study, plan.cells().get(1), 0.5, Optional.of(0.62));
        files.diverge(study, plan.cells().get(2));
        file = folder.resolve("archive.jsonl");
        Archive archive = Archive.empty();
        assertThat(archive.add(Stage.FINAL, plan, files.runs(study))).isEqualTo(3); // the fourth is not finished
        assertThat(archive.add(Stage.FINAL, plan, files.runs(study))).isZero();
        archive.write(file);
    }

    @Test
    void itsCellsCountAsDoneElsewhere() {
        StudyFiles other = StudyFiles.in(elsewhere);
        Study same = other.study(STUDY);
        Progress progress = other.progress(same, Archive.read(file));
        progress.plan();

        assertThat(progress.reports(Stage.FINAL).orElseThrow())
                .extracting(report -> report.state())
                .containsExactly(CellState.DONE, CellState.DONE, CellState.DIVERGED, CellState.MISSING);
        Evidence evidence = Evidence.read(same, other.runs(same));
        assertThat(evidence.arm("a").values(Figure.TEST_ACCURACY, true).values())
                .containsExactly(0.61);
        assertThat(evidence.arm("b").values(Figure.TEST_ACCURACY, true).values())
                .containsExactly(0.62);
        assertThat(evidence.arm("a").diverged()).containsOnlyKeys(2L);
        Archive again = Archive.empty();
        again.add(Stage.FINAL, other.plan(same, "final"), other.runs(same));
        assertThat(List.copyOf(again.cells()))
                .isEqualTo(List.copyOf(Archive.read(file).cells()));
    }

    @Test
    void aCellWrittenBeforeASettingWasKnownIsStillTheSameCell() throws IOException {
        Archive archive = Archive.read(file);
        ArchivedCell cell = archive.cells().iterator().next();
        String before = cell.configuration().replace("  test: true\n", "");
        assertThat(before).isNotEqualTo(cell.configuration());
        ArchivedCell old = ArchivedCell.of(
                new PlannedCell(
                        0, PlannedCell.idOf(before), 1, "trial", "a", "base.yaml", "", cell.settings(), 1, before, ""),
                Stage.FINAL,
                cell.files());
        Files.writeString(file, old.line() + "\n");

        assertThat(Archive.read(file).has(files.plan(study, "final").cells().get(0)))
                .isTrue();
        assertThat(Archive.read(file).has(files.plan(study, "final").cells().get(1)))
                .isFalse();
    }

    @Test
    void aLineThatIsNotAsItWasWrittenIsRefusedWithItsNumber() throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("0\\.62", "0.92"));
        assertThatThrownBy(() -> Archive.read(file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("archive.jsonl:2: has changed since it was written");

        Files.writeString(file, text.replaceFirst("batchSize: 20", "batchSize: 21"));
        assertThatThrownBy(() -> Archive.read(file))
                .hasMessageContaining("archive.jsonl:1: its configuration does not match its id");

        Files.writeString(file, text + text.lines().findFirst().orElseThrow() + "\n");
        assertThatThrownBy(() -> Archive.read(file))
                .hasMessageContaining("archive.jsonl:4: the cell")
                .hasMessageContaining("twice");

        Files.writeString(file, text.substring(0, text.length() - 20));
        assertThatThrownBy(() -> Archive.read(file)).hasMessageContaining("archive.jsonl:3: not an archived cell");
    }

    @Test
    void aCellIsFoundByTheBeginningOfItsId() {
        Archive archive = Archive.read(file);
        String id = archive.cells().iterator().next().id();

        assertThat(archive.find(id.substring(0, 10))).isPresent();
        assertThat(archive.find("")).isEmpty(); // all begin so
        assertThat(archive.find("zz")).isEmpty();
        assertThat(ResolvedYaml.hash(archive.find(id).orElseThrow().configuration()))
                .startsWith(id);
    }

    @Test
    void aloneItTellsArmsAndTuning() {
        Study tuned = files.study(StudyFiles.TUNED.replace("name: trial", "name: tuned"));
        StudyFiles other = StudyFiles.in(elsewhere);
        for (PlannedCell cell : other.plan(tuned, "tuning").cells()) {
            boolean best = cell.settings().get("optimizer.learningRate").equals("0.1");
            other.finish(tuned, cell, best ? 0.9 : 0.5, Optional.empty());
        }
        other.plan(tuned, "final").cells().forEach(cell -> other.finish(tuned, cell, 0.5, Optional.of(0.6)));
        Archive archive = Archive.empty();
        archive.add(new Stage("tuning", 0), other.plan(tuned, "tuning"), other.runs(tuned));
        archive.add(Stage.FINAL, other.plan(tuned, "final"), other.runs(tuned));

        Findings findings = Findings.of(archive).get(0);

        assertThat(findings.evidence().arms()).extracting(Evidence.Arm::name).containsExactly("near", "reference");
        assertThat(findings.evidence().seeds()).containsExactly(1L, 2L, 3L);
        assertThat(findings.selection()
                        .orElseThrow()
                        .arms()
                        .get(0)
                        .winner()
                        .orElseThrow()
                        .label())
                .isEqualTo("optimizer.learningRate=0.1");
        assertThat(findings.reference()).isEmpty(); // both arms train backpropagation
    }
}
