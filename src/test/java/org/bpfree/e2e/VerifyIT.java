package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bpfree verify} and {@code bpfree bench --beside-backprop} as their users run them. */
class VerifyIT {
    @TempDir
    private Path folder;

    private Bpfree bpfree;

    @BeforeEach
    void inFolder() {
        bpfree = Bpfree.in(folder);
        bpfree.file("residual.yaml", """
                name: residual
                seed: 1
                data: {dataset: synthetic, synthetic: {size: 8, train: 60, test: 20}}
                model: {architecture: {type: residual-mlp, layers: 5, hidden: 24}}
                learner: {type: z-il}
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 1, batchSize: 20, precision: float64}
                """);
    }

    @ParameterizedTest
    @CsvSource({"front, error", "front, state", "full, error", "full, state"})
    void zilIsBackpropagationOnAResidualNetwork(String schedule, String form) {
        Outcome outcome = bpfree.run(
                        "verify",
                        "--config",
                        "residual.yaml",
                        "--threads",
                        "1",
                        "--set",
                        "learner.schedule=" + schedule,
                        "--set",
                        "learner.form=" + form)
                .exits(0);
        assertThat(outcome.out())
                .contains("z-il: holds over 10 batches", "update equals its formula", "slope of the loss");
        assertThat(outcome.err()).doesNotContain("warning");
    }

    @ParameterizedTest
    @CsvSource({"levelling, off", "gamma, 0.99999", "firing, late", "initialNoise, 0.01"})
    void itsNegativeControlsEndWithExitCodeFiveAndAWarning(String setting, String value) throws Exception {
        Outcome outcome = bpfree.run(
                        "verify",
                        "--config",
                        "residual.yaml",
                        "--threads",
                        "1",
                        "--batches",
                        "1",
                        "--json",
                        "--set",
                        "learner.schedule=full",
                        "--set",
                        "learner." + setting + "=" + value)
                .exits(5);
        assertThat(outcome.err()).contains("warning: this z-il is a negative control");
        JsonNode report = new ObjectMapper().readTree(outcome.out());
        assertThat(report.get("learner").asText()).isEqualTo("z-il");
        assertThat(report.get("holds").asBoolean()).isFalse();
        assertThat(report.get("outcome").asText()).isEqualTo("broken");
        assertThat(report.get("angles").isEmpty()).isFalse();
        assertThat(report.get("promises"))
                .filteredOn(promise -> promise.get("outcome").asText().equals("broken"))
                .isNotEmpty()
                .allSatisfy(promise -> {
                    assertThat(promise.get("name").asText()).startsWith("update");
                    assertThat(promise.get("basis").asText()).isNotBlank();
                });
    }

    @Test
    @DisplayName("a control that needs all nodes to move is refused on the front schedule, with what to do")
    void frontRefusesControls() {
        Outcome outcome = bpfree.run("verify", "--config", "residual.yaml", "--set", "learner.levelling=off")
                .exits(2);
        assertThat(outcome.err()).contains("learner.schedule").contains("Set schedule: full.");
    }

    @Test
    void benchComparesWithBackpropagationInTurn() {
        Outcome outcome = bpfree.run(
                        "bench", "--config", "residual.yaml", "--threads", "1", "--seconds", "0.2", "--beside-backprop")
                .exits(0);
        assertThat(outcome.out()).containsPattern("backpropSteps +[0-9.]+");
    }

    @Test
    void benchDrawsTheCostOverASetting() throws IOException {
        Outcome outcome = bpfree.run(
                        "bench",
                        "--config",
                        "residual.yaml",
                        "--threads",
                        "1",
                        "--seconds",
                        "0.1",
                        "--vary",
                        "training.batchSize=4,8",
                        "--learners",
                        "backprop,z-il",
                        "--plot",
                        "cost.png")
                .exits(0);
        assertThat(outcome.out().lines().skip(1).map(line -> line.replaceAll("\\s+", " ")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("backprop 4 "),
                        line -> assertThat(line).startsWith("backprop 8 "),
                        line -> assertThat(line).startsWith("z-il 4 "),
                        line -> assertThat(line).startsWith("z-il 8 "));
        // A panel of 640 points with 16 on either side, two pixels a point.
        assertThat(ImageIO.read(folder.resolve("cost.png").toFile()).getWidth()).isEqualTo(2 * (640 + 2 * 16));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--vary training.batchSize=4,x | 'x' is no number",
                "--vary training.batchSize | has no values",
                "--vary training.batchSize=0,4 | 0 is out of range",
                "--vary training.batchSize=4 --rounds 0 | --rounds 0 is below 1",
                "--plot cost.png | belong to --vary",
                "--vary training.batchSize=4 --beside-backprop | does not go with --vary"
            })
    void benchTellsWhatItCannotVary(String options, String message) {
        String[] arguments = ("bench --config residual.yaml --threads 1 " + options.trim()).split(" ");
        assertThat(bpfree.run(arguments).exits(2).err()).contains(message.trim());
    }
}
