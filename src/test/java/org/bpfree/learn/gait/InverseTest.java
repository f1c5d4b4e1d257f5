package org.bpfree.learn.gait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.bpfree.failure.Failure;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Layers;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Practice;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The inverse of a layer")
class InverseTest {
    /** Inputs of all crossed layers of a bench and what their inverses make of their outputs. */
    private static double[][] reconstruct(Bench bench, Node node, double[] overlaps) {
        LearnerContext context = bench.context();
        Pass pass = new Pass(
                bench.graph,
                bench.parameters,
                bench.batch.images(),
                Kernel.Mode.TRAIN,
                context.arena(),
                context.noise());
        pass.forward();
        Tensor weights = bench.parameters.get(node.parameters().get(0));
        Inverse inverse = new Inverse(node, weights, context.arena());
        inverse.factorize().run();
        Tensor input = pass.activation(node.inputs().get(0));
        Reconstruction reconstruction = new Reconstruction(node, pass, inverse, context.arena());
        Tensor error = Tensor.zeros(Precision.FLOAT64, input.shape());
        Increments unmoved = Increments.atOutput(Targets.WHOLE, pass.batch()).below(1);
        reconstruction
                .below(pass.activation(node), unmoved, overlaps == null ? reconstruction.overlaps() : overlaps, error)
                .run();
        double[] reconstructed = context.arena()
                .batch(
                        "reconstruction/" + node.name(),
                        pass.batch(),
                        input.shape().inner())
                .toDoubles();
        return new double[][] {input.toDoubles(), reconstructed};
    }

    private static double largestDifference(double[][] pair) {
        double largest = 0;
        for (int i = 0; i < pair[0].length; i++) {
            largest = Math.max(largest, Math.abs(pair[0][i] - pair[1][i]));
        }
        return largest;
    }

    private static Bench withoutBias(Bench bench) {
        bench.graph.trainableParameters().stream()
                .filter(parameter -> !parameter.carriesErrors())
                .forEach(bias -> bench.parameters.get(bias).fill(0));
        return bench;
    }

    static Stream<Bench> networks() {
        return Stream.of(SquareNets.deep(5, Precision.FLOAT64), SquareNets.tower(), SquareNets.convolutions())
                .map(InverseTest::withoutBias);
    }

    @ParameterizedTest
    @MethodSource("networks")
    @DisplayName("gives back the input to 1e-12, from read and auxiliary units together")
    void invertsTheForwardPass(Bench bench) {
        SquareNets.changeWeights(2, bench, 1, 0.01);
        for (Node node : bench.graph.crossedNodes()) {
            assertThat(largestDifference(reconstruct(bench, node, null)))
                    .as(node.name())
                    .isLessThan(1e-12);
        }
    }

    @Test
    @DisplayName(
            "negative control: without the overlap correction, the input of a convolution is off by whole activations")
    void overlapsMatter() {
        Bench bench = withoutBias(SquareNets.convolutions());
        Node second = bench.graph.crossedNodes().get(0);
        double[] once = new double[Math.toIntExact(second.inputShapes().get(0).size())];
        Arrays.fill(once, 1);
        double[][] pair = reconstruct(bench, second, once);
        double largestInput = Arrays.stream(pair[0]).map(Math::abs).max().orElseThrow();
        assertThat(largestDifference(pair)).isGreaterThan(0.5 * largestInput);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: gait-prop}",
                "{type: gait-prop, form: literal}",
                "{type: gait-prop, increment: fixed, form: literal}",
                "{type: itp}",
                "{type: target-prop}"
            })
    @DisplayName("leaves every layer as it is when the output has no error")
    void noErrorNoUpdate(String settings) {
        Bench bench = Bench.of(
                Precision.FLOAT64,
                LossFunction.CROSS_ENTROPY,
                Shape.of(8, 8, 1),
                10,
                20,
                Layers.flatten(),
                SquareNets.dense(32),
                SquareNets.leaky(),
                SquareNets.dense(10));
        // Scores so far apart that the softmax is exactly one-hot.
        Parameter bias = bench.graph.output().parameters().get(1);
        bench.parameters.get(bias).set(3, 2000);
        Arrays.fill(bench.batch.labels(), 3);
        Learner learner = Practice.learner(settings, bench);
        Bench.updates(learner, bench.batch)
                .forEach((name, update) -> assertThat(update).as(name).containsOnly(0));
        bench.batch.labels()[0] = 4;
        assertThat(Bench.updates(learner, bench.batch).get("square-dense1/weights"))
                .as("negative control: one wrong image")
                .isNotEqualTo(new double[64 * 64]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1 + 1e-15})
    @DisplayName("is refused for singular and nearly singular weights, with the layer and its condition number")
    void singularWeights(double ratio) {
        Bench bench = SquareNets.deep(3, Precision.FLOAT64);
        Tensor weights = bench.parameters.get(bench.graph.crossedWeights().get(0));
        for (int column = 0; column < SquareNets.WIDTH; column++) {
            weights.set(column, ratio * weights.at(SquareNets.WIDTH + column));
        }
        Learner learner = Practice.learner("{type: gait-prop}", bench);
        assertThatThrownBy(() -> learner.learn(bench.batch))
                .isInstanceOf(Failure.class)
                .hasMessageMatching("the weights of 'square-dense2' cannot be inverted: their condition number is"
                        + " (Infinity|\\d\\.\\d+e\\+\\d+); with float64 at most 9.01e\\+14 is allowed.");
    }

    @Test
    @DisplayName("is followed by one of the present weights at the next step")
    void followsTheWeights() {
        Bench bench = SquareNets.deep(3, Precision.FLOAT64);
        Learner learner = Practice.learner("{type: gait-prop}", bench);
        learner.learn(bench.batch);
        SquareNets.changeWeights(1, bench, 2, 0);
        learner.learn(bench.batch);
        String key = "square-dense2/weights";
        double[] weights = bench.parameters.asMap().entrySet().stream()
                .filter(entry -> entry.getKey().key().equals(key))
                .findFirst()
                .orElseThrow()
                .getValue()
                .toDoubles();
        double[] inverse = learner.feedback().get(key).toDoubles();
        for (int i = 0; i < weights.length; i++) {
            assertThat(inverse[i]).as("W = 2Q, W^-T = Q / 2").isCloseTo(weights[i] / 4, within(1e-12));
        }
    }
}
