package org.bpfree.learn.spiking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.bpfree.graph.Loss;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Bench;
import org.bpfree.learn.FiniteDifferences;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Practice;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("With sigmoids in place of spikes, updates are central differences of the loss")
class SmoothModelTest {
    private static final double TOLERANCE = 1e-5; // spiking-microcircuit.md, section 9

    /** The document's network 5-7-6-3. */
    private static Bench small() {
        return SpikingBench.louder(
                Bench.of(
                        Shape.of(1, 1, 5),
                        3,
                        4,
                        org.bpfree.learn.Layers.flatten(),
                        org.bpfree.learn.Layers.dense(7),
                        org.bpfree.learn.Layers.dense(6),
                        org.bpfree.learn.Layers.dense(3)),
                3);
    }

    private static double worst(Bench bench, String settings, double distortion) {
        Learner learner = Practice.learner(settings, bench);
        return FiniteDifferences.worstElement(
                bench, learner, distortion, () -> learner.learn(bench.batch).lossSum());
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("5-7-6-3", small(), "{}"),
                Arguments.of("5-7-6-3, target filtered twice", small(), "{targetFilter: 2}"),
                Arguments.of("5-7-6-3, counts", small(), "{loss: count, desiredCount: 2, undesiredCount: 0}"),
                Arguments.of("5-7-6-3, softmax", small(), "{loss: softmax}"),
                Arguments.of("convolutions, pools, dropout, a sum", SpikingBench.convolutional(), "{}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void exact(String name, Bench bench, String objective) {
        assertThat(worst(bench, "{type: spiking-backprop, rule: smooth, objective: " + objective + "}", 1))
                .isLessThan(TOLERANCE);
    }

    @Test
    @DisplayName("negative control: updates off by a thousandth are told apart")
    void distorted() {
        assertThat(worst(small(), "{type: spiking-backprop, rule: smooth}", 1.001))
                .isGreaterThan(TOLERANCE);
    }

    @Test
    @DisplayName("a prediction is the largest summed trace, and its loss that of the objective")
    void prediction() {
        Bench bench = SpikingBench.dense3();
        Learner learner = Practice.learner("{type: spiking-backprop}", bench);
        double trained = learner.learn(bench.batch).lossSum();
        double[] traces = learner.activations(bench.batch).get("dense3").toDoubles(); // [step, image, class]
        double[] scores = learner.predict(bench.batch).toDoubles();
        for (int i = 0; i < scores.length; i++) {
            double sum = 0;
            for (int t = 0; t < 5; t++) {
                sum += traces[t * scores.length + i];
            }
            assertThat(scores[i]).isCloseTo(sum, org.assertj.core.api.Assertions.within(1e-12));
        }
        Loss plain = new Loss(LossFunction.CROSS_ENTROPY, 4);
        Loss.Result result = learner.evaluate(bench.batch, plain, null);
        assertThat(result.lossSum()).isEqualTo(trained);
        assertThat(result.correct())
                .isEqualTo(bench.evaluate(learner.predict(bench.batch)).correct());
    }
}
