package org.bpfree.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bpfree.failure.Failure;
import org.bpfree.measure.UpdateAngle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The result of a run")
class RunResultTest {
    @TempDir
    private Path temporary;

    private RunFolder folder;
    private Path file;

    @BeforeEach
    void make() {
        folder = RunFolder.createAnew(temporary.resolve("run"));
        file = folder.file("result.json");
    }

    private static RunResult result(String learner, UpdateAngle angle) {
        return new RunResult(
                new RunResult.Subject("first", learner, "fashion-mnist", 3L),
                7,
                "early-stopping",
                new RunResult.Figures(0.25, 0.875, 55000),
                new RunResult.Figures(0.5, 0.75, null),
                5,
                new RunResult.Figures(0.625, 0.6875, 10000),
                new RunResult.ClassFigures(0.65, 0.66, 0.95),
                angle,
                new RunResult.Cost(1234.5, 60.5, 4096L),
                new RunResult.Size(1000L, 500L),
                "runs/first/one",
                Optional.empty());
    }

    @Test
    @DisplayName("comes back from its file as it was, the twin's with it")
    void roundTrip() {
        RunResult written = result("fa", new UpdateAngle(12.5, null))
                .withTwin(result("backprop", new UpdateAngle(null, "zero: no update")));
        written.write(folder);
        assertThat(RunResult.read(folder)).contains(written);
        assertThat(RunResult.require(folder)).contains(written);
        assertThat(written.toJsonNode().path("twinNote").asText()).isEqualTo(RunResult.TWIN_NOTE);
    }

    @Test
    @DisplayName("is the same text whoever writes it again")
    void sameText() throws IOException {
        result("fa", new UpdateAngle(12.5, null)).write(folder);
        String first = Files.readString(file);
        RunResult.require(folder).orElseThrow().write(folder);
        assertThat(Files.readString(file)).isEqualTo(first).endsWith("}\n");
    }

    @Test
    @DisplayName("tells figures as text: NaN for an undefined one, nothing for one that was not measured")
    void figures() {
        var undefined = result("fa", new UpdateAngle(null, "zero: no update")).figures();
        assertThat(undefined).containsEntry("updateAngle", "NaN").containsEntry("testAccuracy", "0.6875");
        assertThat(result("fa", new UpdateAngle(null, null)).figures()).containsEntry("updateAngle", "");
        assertThat(undefined.keySet()).containsExactlyElementsOf(RunResult.figureNames());
        assertThat(RunResult.figureNames())
                .doesNotContain("name", "runDir", "twin")
                .contains("bestEpoch");
    }

    @Test
    @DisplayName("of another version lacks what that did not write, and is read")
    void otherVersions() throws IOException {
        Files.writeString(file, "{\"name\": \"old\", \"testAccuracy\": 0.5, \"of-the-future\": 1}");
        RunResult read = RunResult.require(folder).orElseThrow();
        assertThat(read.what().name()).isEqualTo("old");
        assertThat(read.test().accuracy()).isEqualTo(0.5);
        assertThat(read.epochs()).isNull();
        assertThat(read.cost().seconds()).isNull();
        assertThat(read.twin()).isEmpty();
    }

    @Test
    @DisplayName("is not there before the run is done")
    void missing() {
        assertThat(RunResult.read(folder)).isEmpty();
        assertThat(RunResult.require(folder)).isEmpty();
    }

    @Test
    @DisplayName("cut off anywhere is none, or told as damaged where one is needed")
    void damaged() throws IOException {
        result("fa", new UpdateAngle(12.5, null)).write(folder);
        String whole = Files.readString(file);
        for (int length = 0; length < whole.stripTrailing().length(); length += 9) {
            Files.writeString(file, whole.substring(0, length));
            assertThat(RunResult.read(folder)).as("cut off at %d", length).isEmpty();
            assertThatThrownBy(() -> RunResult.require(folder))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("is damaged");
        }
    }
}
