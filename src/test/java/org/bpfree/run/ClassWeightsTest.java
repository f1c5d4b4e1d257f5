package org.bpfree.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.failure.Failure;
import org.bpfree.graph.Loss;
import org.bpfree.learn.LabelledImages;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights of classes and mixtures of labels reach learners through the loss, and only those that read it. */
class ClassWeightsTest {
    private static final int SIZE = 6;

    private static Experiment experiment(String learner, String training, String data) {
        return ExperimentLoader.installed()
                .read("experiment", """
                name: weighted
                data: {dataset: mnist%s}
                model: {layers: [{type: flatten}, {type: dense, units: 8}, {type: activation, function: tanh}, {type: dense, units: 10}]}
                learner: {type: %s}
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 1, batchSize: 6, precision: float64%s}
                """.formatted(data, learner, training), List.of())
                .experiment();
    }

    private static LabelledImages fill(Workbench bench) {
        RandomGenerator random = RandomStream.of(1, "weights-test");
        float[] pixels = new float[SIZE * 784];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat() - 0.5f;
        }
        return bench.slot().fill(pixels, new int[] {0, 1, 1, 2, 9, 9}, SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backprop", "fa", "dfa", "ekdaa", "predictive-coding"})
    void anImageOfWeightTwoCountsAsMuchAsTwo(String learner) {
        double[] weights = {0, 2, 1, 0, 0, 0, 0, 0, 0, 0};
        Workbench weighted = Workbench.of(experiment(learner, "", ""), Optional.empty(), Optional.of(weights));
        Workbench plain = Workbench.of(experiment(learner, "", ""));
        double[] losses = new double[SIZE];
        double[] scores = plain.learner().predict(fill(plain)).toDoubles();
        for (int image = 0; image < SIZE; image++) {
            double sum = 0;
            for (int k = 0; k < 10; k++) {
                sum += Math.exp(scores[10 * image + k]);
            }
            int label = plain.slot().batch(SIZE).labels()[image];
            losses[image] = Math.log(sum) - scores[10 * image + label];
        }

        Loss.Result result = weighted.learner().learn(fill(weighted));

        assertThat(result.lossSum()).isCloseTo(2 * losses[1] + 2 * losses[2] + losses[3], within(1e-9));
        // Predictions are measured without weights.
        assertThat(weighted.learner()
                        .evaluate(fill(weighted), new Loss(weighted.context().lossFunction(), 10), null)
                        .lossSum())
                .isCloseTo(Arrays.stream(losses).sum(), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"drtp", "spiking-backprop"})
    void learnersThatReadLabelsThemselvesRefuse(String learner) {
        assertThatThrownBy(() -> experiment(learner, ", classWeights: balanced", ""))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("training.classWeights: balanced would not reach the learner: " + learner
                        + " reads the labels of images itself");
        assertThatThrownBy(() -> experiment(learner, "", ", augment: {mixup: 0.2}"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("data.augment.mixup: mixtures of two labels would not reach the learner");
    }

    @Test
    void othersAcceptBoth() {
        assertThat(experiment("frsf", ", classWeights: balanced", ", augment: {mixup: 0.2}")
                        .data()
                        .augment()
                        .mixup())
                .isEqualTo(0.2);
    }
}
