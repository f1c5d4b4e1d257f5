package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bpfree.measure.NumpyArchive;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The setting training.maxNorm reaches the weights of a run, for learners with one update a batch and with several. */
class MaxNormRunTest {
    private static final double LIMIT = 0.5;

    @TempDir
    private Path folder;

    private double largestNorm(String learner, double limit) throws IOException {
        Path config = folder.resolve("max-norm.yaml");
        Path run = folder.resolve("run" + limit);
        Files.writeString(config, """
                name: max-norm
                data: {dataset: synthetic, synthetic: {size: 8, train: 60, test: 20}}
                model: {layers: [{type: flatten}, {type: dense, units: 12}, {type: activation, function: tanh}, {type: dense, units: 10}]}
                learner: {type: %s}
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 1, batchSize: 20, maxNorm: %s}
                """.formatted(learner, limit));
        CliRun trained =
                CliRun.bpfree("train", "--config", config.toString(), "--threads", "1", "--run-dir", run.toString());
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(CliRun.bpfree("export", run.toString(), "--threads", "1").exitCode())
                .isZero();
        Map<String, Tensor> weights =
                NumpyArchive.read(run.resolve("weights.npz"), name -> name.matches(".*dense[12][/.]weights"));
        assertThat(weights).hasSizeGreaterThanOrEqualTo(2);
        double largest = 0;
        for (Tensor tensor : weights.values()) {
            int rows = tensor.shape().extent(0);
            double[] elements = tensor.toDoubles();
            for (int row = 0; row < rows; row++) {
                double square = 0;
                for (int i = 0; i < elements.length / rows; i++) {
                    square += Math.pow(elements[row * (elements.length / rows) + i], 2);
                }
                largest = Math.max(largest, Math.sqrt(square));
            }
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"backprop", "incremental-pc"})
    void noUnitHasMoreThanTheLargestNormAllowed(String learner) throws IOException {
        assertThat(largestNorm(learner, LIMIT)).isBetween(0.99 * LIMIT, (1 + 1e-6) * LIMIT);
        assertThat(largestNorm(learner, 0)).as("control").isGreaterThan(1.1 * LIMIT);
    }
}
