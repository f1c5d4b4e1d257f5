package org.bpfree.learn.spiking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Practice;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Updates are those of loops over the document's equations")
class RulesAgainstNaiveTest {
    private static final int STEPS = 5;
    private static final double ROUNDING = 1e-9; // of the window's series; everything else is exact to 1e-14

    private final Bench bench = SpikingBench.dense3();

    private double[][][] matrices(UnaryOperator<double[]> of) {
        return bench.graph.parameters().stream()
                .map(parameter -> matrix(parameter, of))
                .toArray(double[][][]::new);
    }

    private double[][] matrix(Parameter parameter, UnaryOperator<double[]> of) {
        double[] values = of.apply(bench.parameters.get(parameter).toDoubles());
        int rows = parameter.spec().shape().extent(0);
        int columns = values.length / rows;
        double[][] matrix = new double[rows][columns];
        for (int i = 0; i < values.length; i++) {
            matrix[i / columns][i % columns] = values[i];
        }
        return matrix;
    }

    private double[][][] weights() {
        return matrices(values -> values);
    }

    private double[][][] zeros() {
        return matrices(values -> new double[values.length]);
    }

    /** The feedback of a learner, and weights where it has none. */
    private double[][][] feedback(Learner learner) {
        double[][][] feedback = weights();
        for (int l = 0; l < feedback.length; l++) {
            Parameter parameter = bench.graph.parameters().get(l);
            if (learner.feedback().containsKey(parameter.key())) {
                double[] values = learner.feedback().get(parameter.key()).toDoubles();
                feedback[l] = matrix(parameter, unused -> values);
            }
        }
        return feedback;
    }

    private double[] image(int n) {
        int size = Math.toIntExact(bench.graph.imageShape().size());
        double[] image = new double[size];
        bench.batch.images().read(n * size, image, 0, size);
        return image;
    }

    /** Errors of the output traces, with the target filtered once. */
    private double[][] outputErrors(NaiveSpikingNetwork network, int label) {
        double[] target = {0, 1 / 3.0, 5 / 9.0, 19 / 27.0, 65 / 81.0};
        double[][] errors = new double[STEPS][];
        for (int t = 0; t < STEPS; t++) {
            errors[t] = network.a[network.a.length - 1][t].clone();
            errors[t][label] -= target[t];
        }
        return errors;
    }

    private interface Backward {
        void of(NaiveSpikingNetwork network, double[][] errors, double[][][] gradients);
    }

    private double differenceOf(Learner learner, Backward backward) {
        Map<String, double[]> updates = Bench.updates(learner, bench.batch);
        double[][][] gradients = zeros();
        for (int n = 0; n < bench.batch.size(); n++) {
            NaiveSpikingNetwork network = new NaiveSpikingNetwork(STEPS, weights());
            network.forward(image(n));
            backward.of(network, outputErrors(network, bench.batch.labels()[n]), gradients);
        }
        Map<String, double[]> expected = new TreeMap<>();
        for (int l = 0; l < gradients.length; l++) {
            expected.put(
                    bench.graph.parameters().get(l).key(),
                    java.util.Arrays.stream(gradients[l])
                            .flatMapToDouble(java.util.Arrays::stream)
                            .toArray());
        }
        return SpikingBench.difference(updates, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'{type: spiking-backprop, rule: surrogate}', surrogate",
        "'{type: spiking-backprop, rule: through-time}', through-time",
        "'{type: spiking-backprop, rule: spike-timing}', spike-timing",
        "'{type: spiking-microcircuit, feedback: frsf}', surrogate",
        "'{type: spiking-microcircuit, feedback: usf}', surrogate",
        "'{type: spiking-microcircuit, feedback: brsf}', surrogate",
        "'{type: spiking-microcircuit, feedback: fa}', surrogate",
        "'{type: spiking-microcircuit, feedback: frsf, rule: spike-timing}', spike-timing"
    })
    void rules(String settings, String rule) {
        assertThat(SpikingBench.spikesPerImage(bench)).isGreaterThan(5);
        Learner learner = Practice.learner(settings, bench);
        learner.learn(bench.batch);
        double[][][] feedback = feedback(learner);
        assertThat(differenceOf(
                        learner,
                        (network, errors, gradients) ->
                                network.backward(rule, errors, feedback, cells -> cells, gradients)))
                .isLessThan(ROUNDING);
    }

    @Test
    @DisplayName("negative control: another rule, and other feedback, are told apart")
    void anotherRule() {
        Learner learner = Practice.learner("{type: spiking-microcircuit, feedback: frsf}", bench);
        learner.learn(bench.batch);
        double[][][] feedback = feedback(learner);
        assertThat(differenceOf(
                        learner,
                        (network, errors, gradients) ->
                                network.backward("through-time", errors, feedback, cells -> cells, gradients)))
                .isGreaterThan(0.01);
        assertThat(differenceOf(
                        learner,
                        (network, errors, gradients) ->
                                network.backward("surrogate", errors, weights(), cells -> cells, gradients)))
                .isGreaterThan(0.01);
    }

    @Test
    @DisplayName("the causal tier is that of eligibility traces, though none is formed")
    void causal() {
        Learner learner = Practice.learner("{type: spiking-microcircuit, causal: true}", bench);
        learner.learn(bench.batch);
        double[][][] feedback = feedback(learner);
        assertThat(differenceOf(
                        learner, (network, errors, gradients) -> network.backwardCausal(errors, feedback, gradients)))
                .isLessThan(ROUNDING);
    }

    @Test
    @DisplayName("spiking error cells fire as the document says; with a coarser quantum other updates come out")
    void errorCells() {
        // Only the output area, since the quantum of other layers depends on the whole batch.
        Learner fine = Practice.learner(
                "{type: spiking-microcircuit, feedback: shallow, errorCells: spiking, errorQuantum: 0.25}", bench);
        Learner coarse = Practice.learner(
                "{type: spiking-microcircuit, feedback: shallow, errorCells: spiking, errorQuantum: 0.5}", bench);
        double[] expected = outputUpdateThroughCells(0.25);
        assertThat(org.bpfree.learn.Vectors.relativeDifference(
                        Bench.updates(fine, bench.batch).get("dense3/weights"), expected))
                .isLessThan(ROUNDING);
        assertThat(org.bpfree.learn.Vectors.relativeDifference(
                        Bench.updates(coarse, bench.batch).get("dense3/weights"), expected))
                .isGreaterThan(0.01);
    }

    private double[] outputUpdateThroughCells(double share) {
        double largest = 0;
        for (int n = 0; n < bench.batch.size(); n++) {
            NaiveSpikingNetwork network = new NaiveSpikingNetwork(STEPS, weights());
            network.forward(image(n));
            for (double[] step : outputErrors(network, bench.batch.labels()[n])) {
                largest = Math.max(largest, org.bpfree.learn.Vectors.largest(step));
            }
        }
        double quantum = share * largest;
        double[][][] gradients = zeros();
        for (int n = 0; n < bench.batch.size(); n++) {
            NaiveSpikingNetwork network = new NaiveSpikingNetwork(STEPS, weights());
            network.forward(image(n));
            network.backward(
                    "surrogate",
                    outputErrors(network, bench.batch.labels()[n]),
                    weights(),
                    errors -> NaiveSpikingNetwork.throughCells(errors, quantum),
                    gradients);
        }
        return java.util.Arrays.stream(gradients[2])
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
    }
}
