package org.bpfree.learn.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfree.learn.Layers.activation;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;

import org.bpfree.graph.Loss;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Bench;
import org.bpfree.learn.GaussianClusters;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Practice;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The validation of section 8 of the specification, reduced: 10 classes of 6 Gaussian clusters each in 30 dimensions, 3 hidden layers of
 * 128 units, ReLU, descent with momentum 0.9. One seed, 2000 points instead of 6000, 5 epochs instead of 25.
 */
@DisplayName("On Gaussian clusters")
class ClustersTest {
    private static final int DIMENSIONS = 30;
    private static final int TRAIN = 2000;
    private static final int TEST = 1000;
    private static final int BATCH = 64;
    private static final int EPOCHS = 5;
    private static final double SPREAD = 0.75;

    private final GaussianClusters clusters = new GaussianClusters(5, TRAIN + TEST, DIMENSIONS, 60, 10, SPREAD);

    private LabelledImages batch(Bench bench, int from) {
        return clusters.batch(bench, from, BATCH);
    }

    private double accuracy(String type) {
        Bench bench = Bench.of(
                Precision.FLOAT32,
                LossFunction.CROSS_ENTROPY,
                Shape.of(1, 1, DIMENSIONS),
                10,
                BATCH,
                flatten(),
                dense(128, true),
                activation(ActivationFunction.RELU),
                dense(128, true),
                activation(ActivationFunction.RELU),
                dense(128, true),
                activation(ActivationFunction.RELU),
                dense(10, true));
        Practice practice = new Practice("{type: " + type + "}", bench, 0.05, 0.9, 0);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int from = 0; from + BATCH <= TRAIN; from += BATCH) {
                practice.step(batch(bench, from));
            }
        }
        Loss.Result result = Loss.Result.NONE;
        for (int from = TRAIN; from + BATCH <= TRAIN + TEST; from += BATCH) {
            LabelledImages batch = batch(bench, from);
            result = result.plus(bench.evaluate(practice.learner.predict(batch)));
        }
        return result.accuracy();
    }

    @Test
    @DisplayName("backpropagation >= sign-concordant > random feedback > lower layers frozen")
    void order() {
        double backprop = accuracy("backprop");
        double signs = accuracy("frsf");
        double random = accuracy("fa");
        double frozen = accuracy("shallow");
        assertThat(backprop).isGreaterThan(signs - 0.005);
        assertThat(signs).isGreaterThan(random + 0.02);
        assertThat(random).isGreaterThan(frozen + 0.1);
    }
}
