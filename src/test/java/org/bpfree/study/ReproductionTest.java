package org.bpfree.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.bpfree.files.Json;
import org.bpfree.run.RunFiles;
import org.bpfree.run.RunRecord;
import org.junit.jupiter.api.Test;

class ReproductionTest {
    private static final String LOSS = "{\"epoch\": 1, \"step\": 9, \"train/loss\": 2.25}";

    @Test
    void equalFiguresAreExactWhateverTheSpeed() {
        Reproduction same = Reproduction.of(
                run("{\"testAccuracy\": 0.5, \"seconds\": 3.0}", LOSS, 1),
                run("{\"testAccuracy\": 0.5, \"seconds\": 4.0}", LOSS, 1));

        assertThat(same.isExact()).isTrue();
        assertThat(same.metrics()).isEqualTo(1);
        assertThat(same.conditions()).isEmpty();
    }

    @Test
    void aFigureThatDiffersIsToldWithItsDistanceAndSoIsWhatWasDoneDifferently() {
        Reproduction other =
                Reproduction.of(run("{\"testAccuracy\": 0.5}", LOSS, 1), run("{\"testAccuracy\": 0.75}", LOSS, 2));

        assertThat(other.isExact()).isFalse();
        assertThat(other.differences()).containsExactly("testAccuracy: 0.5 archived, 0.75 now (+0.250)");
        assertThat(other.conditions()).containsExactly("threads: 1 archived, 2 now");
    }

    @Test
    void aLineOfMetricsThatDiffersIsCountedAndOneThatTheArchiveHasNotIsPassedOver() {
        Reproduction other = Reproduction.of(
                run("{}", LOSS, 1),
                run(
                        "{}",
                        LOSS.replace("2.25", "2.26") + "\n{\"epoch\": 1, \"step\": 4, \"alignment/a/updateAngle\": 3}",
                        1));

        assertThat(other.isExact()).isFalse();
        assertThat(other.metrics()).isEqualTo(1);
        assertThat(other.differingMetrics()).isEqualTo(1);
    }

    private static RunRecord run(String result, String metrics, int threads) {
        return RunRecord.of(
                Path.of("run"),
                "name: trial",
                new RunFiles(
                        "done",
                        json(result),
                        metrics.lines().map(ReproductionTest::json).toList(),
                        json("{\"facts\": {\"threads\": " + threads + "}}"),
                        null,
                        null));
    }

    private static JsonNode json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
