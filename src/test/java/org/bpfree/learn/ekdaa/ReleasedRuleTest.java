package org.bpfree.learn.ekdaa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.tanh;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.ChosenLearner;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Misfit;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.learn.ekdaa.EkdaaSettings.Reading;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the equations of sections 2 and 3 of the specification, written as loops over one batch in double precision. */
@DisplayName("The released rule of EKDAA")
class ReleasedRuleTest {
    private static final int BATCH = 5;
    private static final int CLASSES = 4;
    private static final double BETA = 0.9;
    private static final double GAMMA = 0.1;

    /** Maps [batch, side, side, channels]. */
    private record Maps(int side, int channels, double[] values) {
        static Maps zeros(int side, int channels) {
            return new Maps(side, channels, new double[BATCH * side * side * channels]);
        }

        int at(int n, int y, int x, int c) {
            return ((n * side + y) * side + x) * channels + c;
        }

        Maps tanh() {
            return new Maps(
                    side, channels, Arrays.stream(values).map(Math::tanh).toArray());
        }

        /** {@code this - factor * other}. */
        Maps minus(double factor, double[] other) {
            Maps result = zeros(side, channels);
            for (int i = 0; i < values.length; i++) {
                result.values[i] = values[i] - factor * other[i];
            }
            return result;
        }
    }

    @FunctionalInterface
    private interface Term {
        void add(int in, int weight, int out);
    }

    /** All products of a 3x3 correlation with zeros around; weights [out, 3, 3, in]. */
    private static void terms(Maps in, Maps out, Term term) {
        for (int n = 0; n < BATCH; n++) {
            for (int y = 0; y < in.side; y++) {
                for (int x = 0; x < in.side; x++) {
                    for (int k = 0; k < 9; k++) {
                        int row = y + k / 3 - 1;
                        int column = x + k % 3 - 1;
                        if (row < 0 || row >= in.side || column < 0 || column >= in.side) {
                            continue;
                        }
                        for (int o = 0; o < out.channels; o++) {
                            for (int c = 0; c < in.channels; c++) {
                                term.add(in.at(n, row, column, c), (o * 9 + k) * in.channels + c, out.at(n, y, x, o));
                            }
                        }
                    }
                }
            }
        }
    }

    private static Maps convolve(Maps in, double[] w, int filters) {
        Maps out = Maps.zeros(in.side, filters);
        terms(in, out, (i, k, o) -> out.values[o] += w[k] * in.values[i]);
        return out;
    }

    private static double[] update(Maps presynaptic, Maps e) {
        double[] dw = new double[e.channels * 9 * presynaptic.channels];
        terms(presynaptic, e, (i, k, o) -> dw[k] += presynaptic.values[i] * e.values[o]);
        double largest = Arrays.stream(dw).max().orElseThrow();
        double divisor = (largest > 1 ? largest : 1) * e.channels * presynaptic.channels;
        return Arrays.stream(dw).map(x -> x / divisor).toArray();
    }

    /** The displacement through an error kernel with its two spatial axes exchanged. */
    private static double[] displacement(Maps e, double[] kernel, Maps below) {
        double[] exchanged = new double[kernel.length];
        for (int o = 0; o < e.channels; o++) {
            for (int k = 0; k < 9; k++) {
                for (int c = 0; c < below.channels; c++) {
                    exchanged[(o * 9 + k % 3 * 3 + k / 3) * below.channels + c] =
                            kernel[(o * 9 + k) * below.channels + c];
                }
            }
        }
        double[] d = new double[below.values.length];
        terms(below, e, (i, k, o) -> d[i] += exchanged[k] * e.values[o]);
        double largest = Arrays.stream(d).max().orElseThrow();
        return Arrays.stream(d).map(x -> largest > 1 ? x / largest : x).toArray();
    }

    private static Maps pool(Maps in) {
        Maps out = Maps.zeros(in.side / 2, in.channels);
        Arrays.fill(out.values, Double.NEGATIVE_INFINITY);
        for (int n = 0; n < BATCH; n++) {
            for (int y = 0; y < in.side; y++) {
                for (int x = 0; x < in.side; x++) {
                    for (int c = 0; c < in.channels; c++) {
                        int o = out.at(n, y / 2, x / 2, c);
                        out.values[o] = Math.max(out.values[o], in.values[in.at(n, y, x, c)]);
                    }
                }
            }
        }
        return out;
    }

    private static Maps enlarge(Maps small) {
        Maps large = Maps.zeros(2 * small.side, small.channels);
        for (int n = 0; n < BATCH; n++) {
            for (int y = 0; y < large.side; y++) {
                for (int x = 0; x < large.side; x++) {
                    for (int c = 0; c < small.channels; c++) {
                        double sum = 0;
                        for (int corner = 0; corner < 4; corner++) {
                            boolean farRow = corner / 2 == 1;
                            boolean farColumn = corner % 2 == 1;
                            int row = farRow
                                    ? Math.max(0, Math.min(small.side - 1, y / 2 + (y % 2 == 0 ? -1 : 1)))
                                    : y / 2;
                            int column = farColumn
                                    ? Math.max(0, Math.min(small.side - 1, x / 2 + (x % 2 == 0 ? -1 : 1)))
                                    : x / 2;
                            sum += (farRow ? 0.25 : 0.75)
                                    * (farColumn ? 0.25 : 0.75)
                                    * small.values[small.at(n, row, column, c)];
                        }
                        large.values[large.at(n, y, x, c)] = sum;
                    }
                }
            }
        }
        return large;
    }

    private static double[] product(double[] rows, double[] w, int in, int out) {
        double[] result = new double[BATCH * out];
        for (int n = 0; n < BATCH; n++) {
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < in; i++) {
                    result[n * out + o] += w[o * in + i] * rows[n * in + i];
                }
            }
        }
        return result;
    }

    private static double[] productBack(double[] e, double[] w, int in, int out) {
        double[] result = new double[BATCH * in];
        for (int n = 0; n < BATCH; n++) {
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < in; i++) {
                    result[n * in + i] += w[o * in + i] * e[n * out + o];
                }
            }
        }
        return result;
    }

    private static double[] outer(double[] e, double[] rows, int in, int out) {
        double[] result = new double[in * out];
        for (int n = 0; n < BATCH; n++) {
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < in; i++) {
                    result[o * in + i] += e[n * out + o] * rows[n * in + i];
                }
            }
        }
        return result;
    }

    private static double[] scoreErrors(double[] scores, int[] labels) {
        double[] e = new double[scores.length];
        for (int n = 0; n < BATCH; n++) {
            double sum = 0;
            for (int k = 0; k < CLASSES; k++) {
                sum += Math.exp(scores[n * CLASSES + k]);
            }
            for (int k = 0; k < CLASSES; k++) {
                e[n * CLASSES + k] = Math.exp(scores[n * CLASSES + k]) / sum - (k == labels[n] ? 1 : 0);
            }
        }
        return e;
    }

    /** The updates of the network conv 4, conv 4, pool, conv 6, pool, dense 12, dense 4 and, under "scores", its scores. */
    private static Map<String, double[]> replay(Bench bench, Learner learner, Reading forward, Reading poolTarget) {
        Map<String, double[]> w = new HashMap<>();
        bench.graph
                .parameters()
                .forEach(parameter ->
                        w.put(parameter.key(), bench.parameters.get(parameter).toDoubles()));
        learner.trained().forEach(each -> w.put(each.name(), each.value().toDoubles()));
        boolean linear = forward == Reading.PRE_ACTIVATION;
        Maps x = new Maps(8, 2, bench.batch.images().toDoubles());
        Maps h1 = convolve(x, w.get("conv1/weights"), 4);
        Maps h2 = convolve(linear ? h1 : h1.tanh(), w.get("conv2/weights"), 4);
        Maps p1 = pool(linear ? h2 : h2.tanh());
        Maps h3 = convolve(p1, w.get("conv3/weights"), 6);
        Maps p2 = pool(linear ? h3 : h3.tanh());
        double[] h4 = product(p2.values, w.get("dense1/weights"), 24, 12);
        double[] z4 = Arrays.stream(h4).map(Math::tanh).toArray();
        double[] scores = product(z4, w.get("dense2/weights"), 12, CLASSES);

        Map<String, double[]> updates = new HashMap<>();
        updates.put("scores", scores);
        double[] e5 = scoreErrors(scores, bench.batch.labels());
        updates.put("dense2/weights", outer(e5, z4, 12, CLASSES));
        double[] d4 = productBack(e5, w.get("feedback/dense2/weights"), 12, CLASSES);
        double[] e4 = new double[h4.length];
        for (int i = 0; i < e4.length; i++) {
            e4[i] = z4[i] - Math.tanh(h4[i] - BETA * d4[i]);
        }
        updates.put("dense1/weights", outer(e4, p2.values, 24, 12));
        boolean ofPreActivations = poolTarget == Reading.PRE_ACTIVATION;
        Maps pooled2 = ofPreActivations ? pool(h3) : p2;
        Maps u3 = enlarge(pooled2.minus(BETA, productBack(e4, w.get("feedback/dense1/weights"), 24, 12)));
        Maps e3 = h3.tanh().minus(1, u3.tanh().values);
        updates.put("conv3/weights", update(p1, e3));
        Maps pooled1 = ofPreActivations ? pool(h2) : p1;
        Maps u2 = enlarge(pooled1.minus(BETA, displacement(e3, w.get("feedback/conv3/weights"), p1)));
        Maps e2 = h2.tanh().minus(1, u2.tanh().values);
        updates.put("conv2/weights", update(h1.tanh(), e2));
        Maps u1 = h1.minus(BETA, displacement(e2, w.get("feedback/conv2/weights"), h1));
        updates.put("conv1/weights", update(x, h1.tanh().minus(1, u1.tanh().values)));
        return updates;
    }

    private static Bench bench() {
        Bench bench = Bench.of(
                Shape.of(8, 8, 2),
                CLASSES,
                BATCH,
                conv(4),
                tanh(),
                conv(4),
                tanh(),
                maxPool(),
                conv(6),
                tanh(),
                maxPool(),
                flatten(),
                dense(12),
                tanh(),
                dense(CLASSES));
        // Large weights: with small ones tanh is nearly the identity, and all four variants nearly the same.
        bench.graph.parameters().forEach(parameter -> bench.parameters
                .get(parameter)
                .write(Arrays.stream(bench.parameters.get(parameter).toDoubles())
                        .map(value -> 2.5 * value)
                        .toArray()));
        return bench;
    }

    private static Learner learner(Bench bench, String settings) {
        return Practice.learner("{type: ekdaa, mode: released, errorKernels: random%s}".formatted(settings), bench);
    }

    private static String settings(Reading forward, Reading poolTarget) {
        return ", forward: %s, poolTarget: %s".formatted(yaml(forward), yaml(poolTarget));
    }

    private static String yaml(Reading reading) {
        return reading == Reading.ACTIVATION ? "activation" : "pre-activation";
    }

    @ParameterizedTest
    @CsvSource({"ACTIVATION, ACTIVATION", "ACTIVATION, PRE_ACTIVATION", "PRE_ACTIVATION, PRE_ACTIVATION"})
    @DisplayName("is that of the equations, with each forward pass and each target of pools")
    void equations(Reading forward, Reading poolTarget) {
        Bench bench = bench();
        Learner learner = learner(bench, settings(forward, poolTarget));
        Map<String, double[]> expected = replay(bench, learner, forward, poolTarget);
        Map<String, double[]> actual = Bench.updates(learner, bench.batch);
        assertThat(Vectors.relativeDifference(learner.predict(bench.batch).toDoubles(), expected.get("scores")))
                .isLessThan(1e-12);
        for (Parameter parameter : bench.graph.trainableParameters()) {
            String key = parameter.key();
            assertThat(Vectors.relativeDifference(actual.get(key), expected.get(key)))
                    .as(key)
                    .isLessThan(1e-11);
        }
        actual.forEach((name, update) -> {
            if (name.startsWith("feedback/")) {
                double[] ofWeights = actual.get(name.substring("feedback/".length()));
                assertThat(update)
                        .as(name)
                        .isEqualTo(Arrays.stream(ofWeights).map(x -> GAMMA * x).toArray());
            }
        });
        for (Reading otherForward : Reading.values()) {
            for (Reading otherTarget : Reading.values()) {
                boolean possible = otherForward == Reading.ACTIVATION || otherTarget == Reading.PRE_ACTIVATION;
                if (possible && (otherForward != forward || otherTarget != poolTarget)) {
                    double[] other =
                            replay(bench, learner, otherForward, otherTarget).get("conv2/weights");
                    assertThat(Vectors.relativeDifference(actual.get("conv2/weights"), other))
                            .as("negative control: " + otherForward + ", " + otherTarget)
                            .isGreaterThan(0.01);
                }
            }
        }
    }

    @Test
    @DisplayName("reads pre-activations in both places unless told otherwise; the clean rule in neither")
    void defaults() {
        Bench bench = bench();
        assertThat(Bench.updates(learner(bench, ""), bench.batch).get("conv1/weights"))
                .isEqualTo(Bench.updates(
                                learner(bench, settings(Reading.PRE_ACTIVATION, Reading.PRE_ACTIVATION)), bench.batch)
                        .get("conv1/weights"));
        EkdaaSettings clean = (EkdaaSettings) Practice.settings("{type: ekdaa}");
        assertThat(EkdaaLearner.network(clean, bench.graph)).isSameAs(bench.graph);
    }

    @Test
    @DisplayName("gives the same step on the network that its provider makes")
    void network() {
        Bench bench = bench();
        EkdaaSettings settings = (EkdaaSettings) Practice.settings("{type: ekdaa, mode: released}");
        LearnerContext plain = bench.context();
        LearnerContext own = LearnerContext.of(
                new EkdaaProvider().network(settings, bench.graph),
                bench.parameters,
                plain.lossFunction(),
                plain.arena(),
                plain.noise(),
                plain.seed());
        assertThat(own.graph().nodes()).hasSameSizeAs(bench.graph.nodes());
        Map<String, double[]> updates = Bench.updates(new EkdaaLearner(settings, own), bench.batch);
        Bench.updates(new EkdaaLearner(settings, bench.context()), bench.batch)
                .forEach((name, update) -> assertThat(updates.get(name)).isEqualTo(update));
    }

    @Test
    @DisplayName("is refused where its settings contradict each other")
    void refusals() {
        assertThat(misfits("{forward: pre-activation}")).containsExactly("forward");
        assertThat(misfits("{poolTarget: activation}")).containsExactly("poolTarget");
        assertThat(misfits("{mode: released, poolTarget: activation}")).containsExactly("poolTarget");
        assertThat(misfits("{mode: released, forward: activation, poolTarget: activation}"))
                .isEmpty();
        assertThat(misfits("{mode: released}")).isEmpty();
        assertThat(misfits("{mode: clean}")).isEmpty();
    }

    private static List<String> misfits(String settings) {
        return ChosenLearner.of(new EkdaaProvider(), EkdaaBench.settings(settings))
                .check(bench().graph, LossFunction.CROSS_ENTROPY, Precision.FLOAT32)
                .misfits()
                .stream()
                .map(Misfit::setting)
                .toList();
    }
}
