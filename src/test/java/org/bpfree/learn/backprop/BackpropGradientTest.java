package org.bpfree.learn.backprop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfree.learn.Layers.activation;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.named;
import static org.bpfree.learn.Layers.tanh;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.LayerSettings;
import org.bpfree.graph.LayerSettings.Padding;
import org.bpfree.graph.LossName;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Backpropagation's updates are the derivatives of the loss, by central differences in double precision")
class BackpropGradientTest {
    private static final Shape IMAGE = Shape.of(6, 6, 2);
    private static final double STEP = 1e-5;

    static Stream<Arguments> networks() {
        return Stream.of(
                network("dense with bias", flatten(), dense(7, true), tanh(), dense(4, true)),
                network("convolution, same", conv(3), tanh(), flatten(), dense(4)),
                network(
                        "convolution, stride 2, same",
                        conv(3, 3, 2, Padding.SAME, true),
                        tanh(),
                        conv(2, 3, 2, Padding.SAME, true),
                        flatten(),
                        dense(4)),
                network(
                        "convolution, valid",
                        conv(3, 3, 1, Padding.VALID, true),
                        tanh(),
                        conv(2, 2, 1, Padding.VALID, true),
                        flatten(),
                        dense(4)),
                network(
                        "convolution, stride 2, valid",
                        conv(3, 3, 2, Padding.VALID, true),
                        tanh(),
                        conv(3, 1, 1, Padding.SAME, false),
                        flatten(),
                        dense(4)),
                network(
                        "even kernel, same",
                        conv(3, 2, 1, Padding.SAME, true),
                        tanh(),
                        conv(3, 4, 1, Padding.SAME, true),
                        flatten(),
                        dense(4)),
                network("max-pool", conv(3), tanh(), maxPool(), conv(3), tanh(), flatten(), dense(4)),
                network(
                        "overlapping max-pool, same",
                        conv(3),
                        tanh(),
                        new LayerSettings.MaxPool("", List.of(), 3, 2, Padding.SAME),
                        flatten(),
                        dense(4)),
                network(
                        "avg-pool",
                        conv(3),
                        tanh(),
                        new LayerSettings.AvgPool("", List.of(), 2, 0, Padding.VALID),
                        conv(3),
                        flatten(),
                        dense(4)),
                network(
                        "overlapping avg-pool, same",
                        conv(3),
                        tanh(),
                        new LayerSettings.AvgPool("", List.of(), 3, 2, Padding.SAME),
                        flatten(),
                        dense(4)),
                network("global-avg-pool", conv(3), tanh(), new LayerSettings.GlobalAvgPool("", List.of()), dense(4)),
                network(
                        "batch-norm on maps",
                        conv(3),
                        new LayerSettings.BatchNorm("", List.of(), 0.1, 1e-5),
                        tanh(),
                        flatten(),
                        dense(4)),
                network(
                        "batch-norm on vectors",
                        flatten(),
                        dense(5),
                        new LayerSettings.BatchNorm("", List.of(), 0.1, 1e-5),
                        tanh(),
                        dense(4)),
                network(
                        "dropout",
                        flatten(),
                        dense(6),
                        tanh(),
                        new LayerSettings.Dropout("", List.of(), 0.4),
                        dense(4)),
                network(
                        "identity",
                        flatten(),
                        new LayerSettings.Identity("", List.of()),
                        dense(6),
                        tanh(),
                        new LayerSettings.Identity("", List.of()),
                        dense(4)),
                network(
                        "add, a residual block",
                        named("a", 3, "input"),
                        tanh(),
                        conv(3),
                        new LayerSettings.Add("sum", List.of("conv1", "a")),
                        tanh(),
                        flatten(),
                        dense(4)),
                network(
                        "add of a layer to itself",
                        named("a", 3, "input"),
                        new LayerSettings.Add("", List.of("a", "a")),
                        tanh(),
                        flatten(),
                        dense(4)),
                network(
                        "concat",
                        named("a", 3, "input"),
                        named("b", 2, "input"),
                        new LayerSettings.Concat("", List.of("a", "b", "input")),
                        tanh(),
                        conv(2),
                        flatten(),
                        dense(4)),
                network(
                        "multiply",
                        named("a", 3, "input"),
                        named("b", 3, "input"),
                        named("c", 3, "a"),
                        new LayerSettings.Multiply("", List.of("a", "b", "c")),
                        flatten(),
                        dense(4)),
                network(
                        "square-dense with auxiliary units",
                        flatten(),
                        dense(7),
                        new LayerSettings.SquareDense("", List.of(), 7, 5, true, Initializer.ORTHOGONAL),
                        tanh(),
                        new LayerSettings.SquareDense("", List.of(), 0, 4, false, Initializer.GLOROT_UNIFORM)),
                network(
                        "square-conv with auxiliary channels, stride 2",
                        conv(2),
                        new LayerSettings.SquareConv(
                                "", List.of(), 3, 2, 2, Padding.SAME, true, Initializer.ORTHOGONAL),
                        flatten(),
                        dense(4)),
                network("tanh", flatten(), dense(6), tanh(), dense(4)),
                network("sigmoid", flatten(), dense(6), activation(ActivationFunction.SIGMOID), dense(4)),
                network("relu", flatten(), dense(6), activation(ActivationFunction.RELU), dense(4)),
                network("leaky-relu", flatten(), dense(6), activation(ActivationFunction.LEAKY_RELU), dense(4)),
                network("hard-tanh", flatten(), dense(6), activation(ActivationFunction.HARD_TANH), dense(4)),
                network("gelu", flatten(), dense(6), activation(ActivationFunction.GELU), dense(4)));
    }

    private static Arguments network(String name, LayerSettings... layers) {
        return Arguments.of(name, layers);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void updateIsTheDerivativeOfTheLoss(String name, LayerSettings[] layers) {
        for (LossName loss : LossName.values()) {
            Bench bench = Bench.of(Precision.FLOAT64, loss, IMAGE, 4, 5, layers);
            assertThat(worstDifference(bench, 1)).as(name + ", " + loss).isLessThan(2e-7);
        }
    }

    @Test
    @DisplayName("negative control: updates that are 0.01 % too large are told from derivatives")
    void aWrongGradientIsNoticed() {
        Bench bench = Bench.of(IMAGE, 4, 5, conv(3), tanh(), maxPool(), flatten(), dense(4));
        assertThat(worstDifference(bench, 1.0001)).isGreaterThan(2e-6);
    }

    /** Largest difference between update and central difference, relative to the largest update of the tensor. */
    private static double worstDifference(Bench bench, double distortion) {
        Learner learner = new BackpropLearner(bench.context());
        Map<String, double[]> updates = Bench.updates(learner, bench.batch);
        double worst = 0;
        for (Trained trained : learner.trained()) {
            double[] update = updates.get(trained.name());
            double largest = 1e-3;
            double difference = 0;
            for (int i = 0; i < update.length; i++) {
                largest = Math.max(largest, Math.abs(update[i]));
                double numeric = centralDifference(bench, learner, trained.value(), i);
                difference = Math.max(difference, Math.abs(distortion * update[i] - numeric));
            }
            worst = Math.max(worst, difference / largest);
        }
        return worst;
    }

    private static double centralDifference(Bench bench, Learner learner, Tensor value, int index) {
        double original = value.at(index);
        value.set(index, original + STEP);
        double above = bench.loss(learner);
        value.set(index, original - STEP);
        double below = bench.loss(learner);
        value.set(index, original);
        return (above - below) / (2 * STEP);
    }
}
