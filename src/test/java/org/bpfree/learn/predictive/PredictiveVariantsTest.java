package org.bpfree.learn.predictive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.tanh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Misfit;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.learn.backprop.BackpropLearner;
import org.bpfree.learn.predictive.NaiveEnergy.Variant;
import org.bpfree.learn.predictive.PredictiveCodingSettings.Learning;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Losses;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

@DisplayName("Variants of predictive coding")
class PredictiveVariantsTest {
    private static final int CLASSES = 4;

    private static Bench bench(LossFunction loss) {
        return Bench.of(
                Precision.FLOAT64,
                loss,
                Shape.of(3, 3, 1),
                CLASSES,
                6,
                flatten(),
                dense(7),
                tanh(),
                dense(6),
                tanh(),
                dense(5),
                tanh(),
                dense(CLASSES));
    }

    private static Map<String, double[]> updates(Bench bench, String settings) {
        return Bench.updates(Practice.learner("{type: predictive-coding, " + settings + "}", bench), bench.batch);
    }

    private static List<double[]> naive(Bench bench, Variant variant) {
        List<double[][]> weights = new ArrayList<>();
        for (Parameter parameter : bench.graph.parameters()) {
            double[] flat = bench.parameters.get(parameter).toDoubles();
            int in = parameter.spec().shape().extent(1);
            double[][] matrix = new double[flat.length / in][];
            for (int i = 0; i < matrix.length; i++) {
                matrix[i] = Arrays.copyOfRange(flat, i * in, i * in + in);
            }
            weights.add(matrix);
        }
        double[][][] w = weights.toArray(double[][][]::new);
        double[][][] updates = new double[w.length][][];
        for (int l = 0; l < w.length; l++) {
            updates[l] = new double[w[l].length][w[l][0].length];
        }
        double[] pixels = bench.batch.images().toDoubles();
        for (int n = 0; n < bench.batch.size(); n++) {
            double[] image = Arrays.copyOfRange(pixels, 9 * n, 9 * n + 9);
            new NaiveEnergy(w, variant, image, bench.batch.labels()[n]).addTo(updates);
        }
        return Arrays.stream(updates)
                .map(matrix ->
                        Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray())
                .toList();
    }

    private static double farthest(Bench bench, Map<String, double[]> actual, List<double[]> expected) {
        double farthest = 0;
        for (int l = 0; l < expected.size(); l++) {
            String key = bench.graph.parameters().get(l).key();
            farthest = Math.max(farthest, Vectors.relativeDifference(actual.get(key), expected.get(l)));
        }
        return farthest;
    }

    /** Every other setting of a variant, one at a time, must lie farther away than rounding. */
    private static List<Variant> others(Variant v) {
        double[] doubled = Arrays.stream(v.variances()).map(x -> 2 * x).toArray();
        doubled[1] *= 3;
        Learning other = v.learning() == Learning.SETTLED ? Learning.FORWARD : Learning.SETTLED;
        List<Variant> others = new ArrayList<>();
        if (!v.fixed()) { // with fixed predictions it does not matter where the network is cut
            others.add(new Variant(
                    v.softmax(), !v.before(), v.fixed(), v.variances(), v.beta(), v.rate(), v.rounds(), v.learning()));
        }
        others.add(new Variant(
                v.softmax(), v.before(), !v.fixed(), v.variances(), v.beta(), v.rate(), v.rounds(), v.learning()));
        others.add(
                new Variant(v.softmax(), v.before(), v.fixed(), doubled, v.beta(), v.rate(), v.rounds(), v.learning()));
        others.add(
                new Variant(v.softmax(), v.before(), v.fixed(), v.variances(), v.beta(), v.rate(), v.rounds(), other));
        return others;
    }

    @ParameterizedTest
    @CsvSource({
        "squared-error, false, false, SETTLED, 1",
        "cross-entropy, true, false, SETTLED, 1",
        "cross-entropy, false, true, SETTLED, 1",
        "squared-error, true, true, SETTLED, 1",
        "cross-entropy, false, false, APART, 1",
        "squared-error, true, false, APART, 1",
        "cross-entropy, false, false, FORWARD, 1",
        "cross-entropy, true, false, FORWARD, 0.5",
        "cross-entropy, false, false, SETTLED, 0.3",
        "squared-error, false, false, SETTLED, 0.3",
        "cross-entropy, true, true, SETTLED, 0.3"
    })
    @DisplayName("are those of their energy, written out; another variant is not")
    void energy(String lossName, boolean before, boolean fixed, Learning learning, double beta) {
        LossFunction loss = Losses.named(lossName);
        Bench bench = bench(loss);
        double[] variances = {0.5, 2, 1.5, 3};
        Variant variant =
                new Variant(loss == LossFunction.CROSS_ENTROPY, before, fixed, variances, beta, 0.2, 6, learning);
        Map<String, double[]> actual = updates(
                bench,
                "rounds: 6, inferenceRate: 0.2, states: %s, predictions: %s, variances: %s, learning: %s, beta: %s"
                        .formatted(
                                before ? "pre-activations" : "blocks",
                                fixed ? "fixed" : "moving",
                                Arrays.toString(variances),
                                learning.name().toLowerCase(java.util.Locale.ROOT),
                                beta));
        assertThat(farthest(bench, actual, naive(bench, variant))).isLessThan(1e-10);
        for (Variant other : others(variant)) {
            assertThat(farthest(bench, actual, naive(bench, other)))
                    .as("negative control: " + other)
                    .isGreaterThan(1e-3);
        }
    }

    @ParameterizedTest
    @FieldSource("org.bpfree.testing.Losses#ALL")
    @DisplayName("fixed predictions at rate 1 and as many rounds as states are backpropagation; a round fewer is not")
    void fixedPredictionsAreBackpropagation(LossFunction loss) {
        Bench bench = bench(loss);
        Map<String, double[]> gradients = Bench.updates(new BackpropLearner(bench.context()), bench.batch);
        String settings = "predictions: fixed, inferenceRate: 1, rounds: ";
        Map<String, double[]> exact = updates(bench, settings + 3);
        gradients.forEach((key, gradient) -> assertThat(Vectors.relativeDifference(exact.get(key), gradient))
                .as(key)
                .isLessThan(1e-14));
        assertThat(Vectors.norm(updates(bench, settings + 2).get("dense1/weights")))
                .as("negative control: no error has come so far")
                .isZero();
        assertThat(Vectors.relativeDifference(
                        updates(bench, "predictions: fixed, inferenceRate: 0.2, rounds: 200")
                                .get("dense1/weights"),
                        gradients.get("dense1/weights")))
                .as("the limit at a smaller rate")
                .isLessThan(1e-9);
    }

    @Test
    @DisplayName(
            "a large variance of the output brings settled states to backpropagation, in proportion (Whittington, Bogacz)")
    void largeOutputVariance() {
        Bench bench = bench(LossFunction.SQUARED_ERROR);
        double[] gradient =
                Bench.updates(new BackpropLearner(bench.context()), bench.batch).get("dense1/weights");
        double[] distances = new double[2];
        for (int i = 0; i < 2; i++) {
            double variance = 1000 * Math.pow(10, i);
            double[] update = updates(
                            bench, "rounds: 3000, inferenceRate: 0.2, variances: [1, 1, 1, %s]".formatted(variance))
                    .get("dense1/weights");
            distances[i] = Vectors.relativeDifference(
                    Arrays.stream(update).map(x -> variance * x).toArray(), gradient);
        }
        assertThat(distances[0]).isLessThan(0.05);
        assertThat(distances[0] / distances[1]).isBetween(9.0, 11.0);
    }

    @Test
    @DisplayName("are refused where they contradict each other or the network")
    void refusals() {
        assertThat(misfits("predictions: fixed, learning: forward")).containsExactly("learning");
        assertThat(misfits("variances: [1, 2]")).containsExactly("variances");
        assertThat(misfits("variances: [1, 2, 3, 4]")).isEmpty();
    }

    private static List<String> misfits(String settings) {
        LossFunction loss = LossFunction.SQUARED_ERROR;
        return Practice.findings("{type: predictive-coding, " + settings + "}", bench(loss).graph, loss)
                .misfits()
                .stream()
                .map(Misfit::setting)
                .toList();
    }
}
