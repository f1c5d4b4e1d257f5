package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training that has blown up ends with exit code 4, although its numbers may still be finite. */
class BlownUpTest {
    private static final int DIVERGED = 4;
    private static final String DATA = "data: {dataset: synthetic, synthetic: {size: 8, train: 60, test: 20}}\n";
    private static final String NETWORK =
            "model: {layers: [{type: flatten}, {type: dense, units: 12}, {type: activation, function: relu}, {type: dense, units: 10}]}\n";

    @TempDir
    private Path folder;

    private CliRun train(String... settings) throws IOException {
        Path config = folder.resolve("blown-up.yaml");
        Files.writeString(config, "name: blown-up\n" + DATA + String.join("\n", settings) + "\n");
        return CliRun.bpfree("train", "--config", config.toString(), "--threads", "1", "--run-dir", run().toString());
    }

    private Path run() {
        return folder.resolve("run");
    }

    private void assertDiverged(CliRun ended, String... words) throws IOException {
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(DIVERGED);
        assertThat(ended.err()).contains(words);
        assertThat(run().resolve("STATUS")).content().isEqualTo("diverged\n");
        assertThat(run().resolve("result.json")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"backprop", "ekdaa", "fa", "incremental-pc"})
    void aHugeLossOfABatchIsADivergence(String learner) throws IOException {
        CliRun ended = train(
                NETWORK,
                "loss: squared-error",
                "learner: {type: " + learner + "}",
                "optimizer: {type: sgd, learningRate: 1.0e4}",
                "training: {epochs: 2, batchSize: 20}");

        assertDiverged(ended, "diverged at step ", "Lower optimizer.learningRate");
    }

    @Test
    void theLastStepIsHeldAgainstTheBoundByTheTestLoss() throws IOException {
        String[] once = {
            NETWORK,
            "loss: squared-error",
            "learner: {type: backprop}",
            "optimizer: {type: sgd, learningRate: 1.0e4}",
            "training: {epochs: 1, batchSize: 60}"
        };

        assertDiverged(train(once), "diverged after step 1 (epoch 1): the test loss is ", "times that of guessing");
    }

    @Test
    void withoutABoundAFiniteLossIsAResult() throws IOException {
        // Negative control: the run of the test above, whose loss is finite.
        CliRun ended = train(
                NETWORK,
                "loss: squared-error",
                "learner: {type: backprop}",
                "optimizer: {type: sgd, learningRate: 1.0e4}",
                "training: {epochs: 1, batchSize: 60, divergenceFactor: 0}");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(run().resolve("STATUS")).content().isEqualTo("done\n");
    }

    @Test
    void theBoundOfSpikingNetworksIsThatOfTheirObjective() throws IOException {
        CliRun ended = train(
                "model: {layers: [{type: flatten}, {type: dense, units: 12, bias: false}, {type: dense, units: 10, bias: false}]}",
                "learner: {type: spiking-backprop, objective: {loss: softmax}}",
                "optimizer: {type: sgd, learningRate: 0.01}",
                "training: {epochs: 1, batchSize: 20, divergenceFactor: 0.01}");

        // ln 10 / 100
        assertDiverged(ended, "the mean loss of the batch is ", "above 0.02303");
    }

    @Test
    void theHelpSaysWhatDivergenceIs() {
        // Lines may be broken anywhere, behind the point of a path, too.
        assertThat(CliRun.bpfree("train", "--help")
                        .out()
                        .replaceAll("\\.\\s+", ".")
                        .replaceAll("\\s+", " "))
                .contains("training.divergenceFactor", "times the loss of guessing", "STATUS");
    }
}
