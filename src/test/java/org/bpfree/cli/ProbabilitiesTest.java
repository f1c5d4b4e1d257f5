package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bpfree.run.RunFolder;
import org.bpfree.run.TrainedModel;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A probability is read from a score as the loss of the run reads it. */
class ProbabilitiesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"cross-entropy", "binary-cross-entropy"})
    void probabilitiesAreThoseOfTheLoss(String loss) throws IOException {
        Path config = folder.resolve("tiny.yaml");
        Path run = folder.resolve("run");
        Files.writeString(config, """
                name: tiny
                data: {dataset: synthetic, synthetic: {size: 8, train: 60, test: 20}}
                model: {layers: [{type: flatten}, {type: dense, units: 10}]}
                loss: %s
                learner: {type: backprop}
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 1, batchSize: 20}
                """.formatted(loss));
        CliRun trained =
                CliRun.bpfree("train", "--config", config.toString(), "--threads", "1", "--run-dir", run.toString());
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        TrainedModel model = TrainedModel.load(new RunFolder(run), null);
        byte[] pixels = new byte[8 * 8];

        double[] scores = model.scores(pixels, 0);
        double[] probabilities = model.probabilities(pixels, 0);

        double sum = Arrays.stream(scores).map(Math::exp).sum();
        for (int k = 0; k < scores.length; k++) {
            double odds = Math.exp(scores[k]);
            double expected = loss.equals("cross-entropy") ? odds / sum : odds / (1 + odds);
            assertThat(probabilities[k]).isCloseTo(expected, within(1e-12));
        }
    }
}
