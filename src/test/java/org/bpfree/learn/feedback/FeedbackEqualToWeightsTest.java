package org.bpfree.learn.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.named;
import static org.bpfree.learn.Layers.tanh;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.learn.backprop.BackpropLearner;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.LayerSettings.Padding;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Section 7 of the specification: the sham control, and the layer that needs no feedback. */
@DisplayName("Feedback equal to the weights is backpropagation")
class FeedbackEqualToWeightsTest {
    static Stream<Arguments> networks() {
        return Stream.of(
                network("dense", flatten(), dense(9, true), tanh(), dense(7, true), tanh(), dense(4, true)),
                network("convolution", conv(3), tanh(), maxPool(), conv(4), tanh(), flatten(), dense(4)),
                network(
                        "stride 2, same",
                        conv(3, 3, 2, Padding.SAME, true),
                        tanh(),
                        conv(4, 3, 2, Padding.SAME, true),
                        tanh(),
                        flatten(),
                        dense(4)),
                network(
                        "stride 2, valid, even kernel",
                        conv(3, 3, 1, Padding.VALID, true),
                        tanh(),
                        conv(4, 2, 2, Padding.VALID, true),
                        tanh(),
                        flatten(),
                        dense(4)),
                network("batch-norm", conv(3), norm(), tanh(), conv(4), norm(), tanh(), flatten(), dense(4)),
                network(
                        "residual add",
                        named("a", 3, "input"),
                        tanh(),
                        conv(3),
                        new LayerSettings.Add("sum", List.of("conv1", "a")),
                        tanh(),
                        conv(4),
                        flatten(),
                        dense(4)));
    }

    private static LayerSettings norm() {
        return new LayerSettings.BatchNorm("", List.of(), 0.1, 1e-5);
    }

    private static Arguments network(String name, LayerSettings... layers) {
        return Arguments.of(name, layers);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void isBackpropagation(String name, LayerSettings[] layers) {
        Bench bench = Bench.of(Shape.of(8, 8, 2), 4, 5, layers);
        Map<String, double[]> gradients = Bench.updates(new BackpropLearner(bench.context()), bench.batch);
        Learner learner = Practice.learner("{type: fa}", bench);
        assertThat(worstDifference(gradients, Bench.updates(learner, bench.batch)))
                .as("negative control: feedback of its own")
                .isGreaterThan(0.1);
        for (Parameter parameter : bench.graph.crossedWeights()) {
            learner.state().get("feedback/" + parameter.key()).copyFrom(bench.parameters.get(parameter));
        }
        assertThat(worstDifference(gradients, Bench.updates(learner, bench.batch)))
                .isLessThan(1e-12);
    }

    /** Largest difference of a tensor, relative to its norm. */
    private static double worstDifference(Map<String, double[]> expected, Map<String, double[]> actual) {
        double worst = 0;
        for (Map.Entry<String, double[]> entry : expected.entrySet()) {
            double[] difference = entry.getValue().clone();
            for (int i = 0; i < difference.length; i++) {
                difference[i] -= actual.get(entry.getKey())[i];
            }
            // Below batch-norm the gradient of a bias is zero but for rounding.
            worst = Math.max(worst, Vectors.norm(difference) / Math.max(1e-3, Vectors.norm(entry.getValue())));
        }
        return worst;
    }

    @ParameterizedTest
    @CsvSource({"fa", "usf", "brsf", "frsf", "dfa", "sdfa", "drtp", "kolen-pollack", "weight-mirror"})
    @DisplayName("the last layer's update is backpropagation's to the last bit, the first layer's is not")
    void lastLayerIsExact(String type) {
        Bench bench = Bench.of(Shape.of(8, 8, 2), 4, 5, conv(3), tanh(), conv(3), tanh(), flatten(), dense(4, true));
        Map<String, double[]> gradients = Bench.updates(new BackpropLearner(bench.context()), bench.batch);
        Map<String, double[]> updates = Bench.updates(Practice.learner("{type: " + type + "}", bench), bench.batch);
        assertThat(updates.get("dense1/weights")).isEqualTo(gradients.get("dense1/weights"));
        assertThat(updates.get("dense1/bias")).isEqualTo(gradients.get("dense1/bias"));
        assertThat(updates.get("conv1/weights")).isNotEqualTo(gradients.get("conv1/weights"));
    }
}
