package org.bpfree.learn.predictive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfree.learn.Layers.activation;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Misfit;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.model.LayerSettings;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Fully autonomous Z-IL")
class DetectedFiringTest {
    private static final int[] WIDTHS = {9, 7, 6, 4};

    private static Bench bench(ActivationFunction function) {
        List<LayerSettings> layers = new ArrayList<>(List.of(flatten()));
        for (int l = 1; l < WIDTHS.length; l++) {
            layers.add(dense(WIDTHS[l]));
            layers.add(activation(function));
        }
        layers.remove(layers.size() - 1);
        return Bench.of(
                Precision.FLOAT64,
                LossFunction.SQUARED_ERROR,
                Shape.of(3, 3, 1),
                WIDTHS[3],
                6,
                layers.toArray(LayerSettings[]::new));
    }

    private static Map<String, double[]> updates(Bench bench, String settings) {
        String learner = "{type: z-il, schedule: full, firing: detected" + settings + "}";
        return Bench.updates(Practice.learner(learner, bench), bench.batch);
    }

    private static double farthest(Map<String, double[]> actual, Map<String, double[]> expected) {
        return expected.entrySet().stream()
                .mapToDouble(each -> Vectors.relativeDifference(actual.get(each.getKey()), each.getValue()))
                .max()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    @DisplayName("is backpropagation where no error is zero when it arrives, however many rounds follow")
    void exact(int extraRounds) {
        Bench bench = bench(ActivationFunction.TANH);
        Map<String, double[]> gradients = Bench.updates(Practice.learner("{type: backprop}", bench), bench.batch);
        assertThat(farthest(updates(bench, ", extraRounds: " + extraRounds), gradients))
                .isLessThan(1e-13);
        assertThat(farthest(
                        Bench.updates(
                                Practice.learner("{type: z-il, schedule: full, firing: last}", bench), bench.batch),
                        gradients))
                .as("negative control: all parameters in the last round")
                .isGreaterThan(0.1);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 3", "4, 6", "9, 6"})
    @DisplayName("is the rule written out, with rectifiers whose errors are zero when they arrive")
    void rectifiers(int silence, int extraRounds) {
        Bench bench = bench(ActivationFunction.RELU);
        Map<String, double[]> actual = updates(bench, ", silence: %d, extraRounds: %d".formatted(silence, extraRounds));
        double[][] expected = naive(bench, silence, extraRounds);
        for (int l = 1; l < WIDTHS.length; l++) {
            assertThat(Vectors.relativeDifference(actual.get("dense" + l + "/weights"), expected[l - 1]))
                    .as("layer " + l)
                    .isLessThan(1e-12);
        }
    }

    @Test
    @DisplayName("takes the errors of silent rectifiers for new ones when they stop being zero, and warns of it")
    void lateArrivals() {
        Bench bench = bench(ActivationFunction.RELU);
        Map<String, double[]> gradients = Bench.updates(Practice.learner("{type: backprop}", bench), bench.batch);
        assertThat(farthest(updates(bench, ""), gradients)).isGreaterThan(1e-3);
        assertThat(Practice.findings(
                                "{type: z-il, schedule: full, firing: detected}",
                                bench.graph,
                                LossFunction.CROSS_ENTROPY)
                        .warnings())
                .singleElement()
                .asString()
                .contains("exactly zero");
    }

    @Test
    @DisplayName("needs all nodes to move, and is alone in going on for more rounds")
    void refusals() {
        assertThat(misfits("{type: z-il, firing: detected}")).containsExactly("schedule");
        assertThat(misfits("{type: z-il, schedule: full, extraRounds: 2}")).containsExactly("extraRounds");
        assertThat(misfits("{type: z-il, schedule: full, firing: detected, extraRounds: 2}"))
                .isEmpty();
    }

    private static List<String> misfits(String settings) {
        return Practice.findings(settings, bench(ActivationFunction.TANH).graph, LossFunction.CROSS_ENTROPY)
                .misfits()
                .stream()
                .map(Misfit::setting)
                .toList();
    }

    /** Every dense layer and every rectifier has a state; all move in every round, all from one snapshot. */
    private static double[][] naive(Bench bench, int silence, int extraRounds) {
        int nodes = 2 * (WIDTHS.length - 1) - 1; // dense, relu, dense, relu, dense
        double[][] w = new double[WIDTHS.length - 1][];
        double[][] updates = new double[w.length][];
        for (int l = 0; l < w.length; l++) {
            w[l] = bench.parameters.get(bench.graph.parameters().get(l)).toDoubles();
            updates[l] = new double[w[l].length];
        }
        double[] pixels = bench.batch.images().toDoubles();
        for (int n = 0; n < bench.batch.size(); n++) {
            double[][] x = new double[nodes + 1][];
            x[0] = Arrays.copyOfRange(pixels, 9 * n, 9 * n + 9);
            int[][] silent = new int[nodes + 1][];
            for (int node = 1; node <= nodes; node++) {
                x[node] = predict(node, x, w);
                silent[node] = new int[x[node].length];
                Arrays.fill(silent[node], silence);
            }
            for (int t = 0; t < nodes + extraRounds; t++) {
                double[][] e = new double[nodes + 1][];
                for (int node = 1; node <= nodes; node++) {
                    e[node] = predict(node, x, w);
                    for (int i = 0; i < e[node].length; i++) {
                        boolean target = i == bench.batch.labels()[n];
                        e[node][i] -= node < nodes ? x[node][i] : target ? 1 : 0;
                        boolean detected = e[node][i] != 0 && silent[node][i] >= silence;
                        silent[node][i] = e[node][i] == 0 ? silent[node][i] + 1 : 0;
                        for (int j = 0; node % 2 == 1 && detected && j < x[node - 1].length; j++) {
                            updates[node / 2][i * x[node - 1].length + j] += e[node][i] * x[node - 1][j];
                        }
                    }
                }
                double[][] moved = x.clone();
                for (int node = 1; node < nodes; node++) {
                    moved[node] = x[node].clone();
                    for (int j = 0; j < x[node].length; j++) {
                        moved[node][j] -= pull(node, j, x, e, w) - e[node][j];
                    }
                }
                x = moved;
            }
        }
        return updates;
    }

    private static double[] predict(int node, double[][] x, double[][] w) {
        double[] below = x[node - 1];
        double[] mu = node % 2 == 0 ? below.clone() : new double[WIDTHS[node / 2 + 1]];
        for (int i = 0; i < mu.length; i++) {
            mu[i] = node % 2 == 0 ? Math.max(0, mu[i]) : 0;
            for (int j = 0; node % 2 == 1 && j < below.length; j++) {
                mu[i] += w[node / 2][i * below.length + j] * below[j];
            }
        }
        return mu;
    }

    private static double pull(int node, int j, double[][] x, double[][] e, double[][] w) {
        double[] above = e[node + 1];
        if (node % 2 == 1) {
            return x[node][j] > 0 ? above[j] : 0;
        }
        double pull = 0;
        for (int i = 0; i < above.length; i++) {
            pull += w[node / 2][i * x[node].length + j] * above[i];
        }
        return pull;
    }
}
