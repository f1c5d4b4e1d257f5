package org.bpfree.learn.dtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.Layers.activation;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.tanh;
import static org.bpfree.learn.OracleNets.assertFigures;
import static org.bpfree.learn.OracleNets.assertUpdates;
import static org.bpfree.learn.OracleNets.figures;
import static org.bpfree.learn.OracleNets.matrix;
import static org.bpfree.learn.OracleNets.trained;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Findings;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Misfit;
import org.bpfree.learn.OracleNets;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Trained;
import org.bpfree.learn.Vectors;
import org.bpfree.model.LayerSettings;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Difference target propagation")
class DtpTest {
    private static final int[] WIDTHS = {4, 5, 4, 3};
    private static final int IMAGES = 3;

    /** The noise of the oracle: sines for the input of stage l, then cosines for its output, the same for every update. */
    private static RandomGenerator waves(String purpose) {
        int l = Integer.parseInt(purpose.replaceAll("dtp/dense(\\d)/.*", "$1"));
        return new RandomGenerator() {
            private int drawn;

            @Override
            public double nextGaussian() {
                int first = IMAGES * WIDTHS[l - 1];
                boolean input = drawn < first;
                int k = input ? drawn : drawn - first;
                int width = input ? WIDTHS[l - 1] : WIDTHS[l];
                drawn++;
                double angle = 1 + k / width + 2 * (k % width) + l;
                return input ? Math.sin(angle) : Math.cos(angle);
            }

            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static Learner learner(String settings, Bench bench, Kernel.Noise noise) {
        LearnerContext context = LearnerContext.of(
                bench.graph,
                bench.parameters,
                LossFunction.CROSS_ENTROPY,
                new Arena(bench.batch.images().precision()),
                noise,
                7);
        return ModelCheck.chosen(Practice.settings(settings)).create(context);
    }

    /** A learner on net A with the inverses of the oracle. */
    private static Learner oracle(String settings, Bench bench) {
        Learner learner = learner(settings, bench, DtpTest::waves);
        for (int l = 2; l <= 3; l++) {
            double[] weights = matrix(10 * l, WIDTHS[l - 1], WIDTHS[l], 0.5);
            trained(learner, feedback(l)).write(transposed(weights, WIDTHS[l]));
        }
        return learner;
    }

    private static String feedback(int l) {
        return "feedback/dense" + l + "/weights";
    }

    /** What the paper calls {@code [inputs, outputs]}, from the layout of the layer's weights or back. */
    private static double[] transposed(double[] matrix, int columns) {
        int rows = matrix.length / columns;
        double[] transposed = new double[matrix.length];
        for (int k = 0; k < matrix.length; k++) {
            transposed[k % columns * rows + k / columns] = matrix[k];
        }
        return transposed;
    }

    /** Runs one update of a batch and returns what it moves. */
    private static Map<String, double[]> update(Learner learner, Bench bench, int update) {
        if (update == 0) {
            learner.learn(bench.batch);
        } else {
            learner.learnMore(bench.batch, update);
        }
        Map<String, double[]> updates = new TreeMap<>();
        for (Trained each : learner.moved(update)) {
            updates.put(each.name(), each.update().toDoubles());
        }
        return updates;
    }

    private static void move(Learner learner, int update, double rate) {
        for (Trained each : learner.moved(update)) {
            double[] value = each.value().toDoubles();
            double[] step = each.update().toDoubles();
            for (int i = 0; i < value.length; i++) {
                value[i] -= rate * step[i];
            }
            each.value().write(value);
        }
    }

    private static Map<String, double[]> last(Learner learner, Bench bench) {
        Map<String, double[]> updates = Map.of();
        for (int k = 0; k < learner.updatesPerBatch(); k++) {
            updates = update(learner, bench, k);
        }
        return updates;
    }

    @Test
    @DisplayName("has the figures of two updates of each inverse by local differences, and of the network after them")
    void localDifference() {
        Bench bench = OracleNets.dense543(ActivationFunction.TANH);
        Learner learner = oracle("{type: dtp, feedbackUpdates: [2], noise: [0.1]}", bench);
        assertThat(learner.updatesPerBatch()).isEqualTo(5);
        double[][] first = {{-0.0045677449049, 0.0535911101437}, {0.0275453404596, 0.0974197320626}};
        double[][] after = {{0.123101058624, 1.5686785473}, {1.58815490696, 1.44833159148}};
        for (int k = 0; k < 4; k++) {
            int l = 2 + k / 2;
            Map<String, double[]> updates = update(learner, bench, k);
            assertThat(updates).containsOnlyKeys(feedback(l));
            if (k % 2 == 0) {
                double[] gradient = transposed(updates.get(feedback(l)), WIDTHS[l - 1]);
                assertFigures("dB" + l, gradient, first[l - 2][0], first[l - 2][1]);
            }
            move(learner, k, 0.1 / IMAGES);
        }
        for (int l = 2; l <= 3; l++) {
            double[] weights = transposed(trained(learner, feedback(l)).toDoubles(), WIDTHS[l - 1]);
            assertFigures("B" + l, weights, after[l - 2][0], after[l - 2][1]);
        }
        assertUpdates(
                update(learner, bench, 4),
                Map.of(
                        "dense1/weights", figures(0.455430122687, 0.489232243288),
                        "dense2/weights", figures(0.399629738984, 0.752614389299),
                        "dense3/weights", figures(0.093309280896, 0.803890146503)));
        assertFigures(
                "s2 - t2", learner.errors(bench.batch).get("tanh2").toDoubles(), -0.0237853494709, 0.675437266823);
        assertFigures("s1 - t1", learner.errors(bench.batch).get("tanh1").toDoubles(), 0.256123714477, 0.480173230549);
    }

    /** {@code |B phi(y) + c - x|^2} of the oracle's noise, in plain loops. */
    private static double reconstruction(Learner learner, Bench bench, int l, double deviation) {
        double[] b = trained(learner, feedback(l)).toDoubles();
        double[] c = trained(learner, "feedback/dense" + l + "/bias").toDoubles();
        double[] w = trained(learner, "dense" + l + "/weights").toDoubles();
        double[] bias = trained(learner, "dense" + l + "/bias").toDoubles();
        double[] s = learner.activations(bench.batch).get("tanh" + (l - 1)).toDoubles();
        int in = WIDTHS[l - 1];
        int out = WIDTHS[l];
        double loss = 0;
        for (int n = 0; n < IMAGES; n++) {
            double[] x = new double[in];
            double[] back = c.clone();
            for (int j = 0; j < in; j++) {
                x[j] = s[n * in + j] + deviation * Math.sin(1 + n + 2 * j + l);
            }
            for (int i = 0; i < out; i++) {
                double a = bias[i];
                for (int j = 0; j < in; j++) {
                    a += w[i * in + j] * x[j];
                }
                double y = l == 3 ? a : Math.tanh(Math.tanh(a)); // the output stage has no activation
                for (int j = 0; j < in; j++) {
                    back[j] += b[i * in + j] * y;
                }
            }
            for (int j = 0; j < in; j++) {
                loss += (back[j] - x[j]) * (back[j] - x[j]);
            }
        }
        return loss;
    }

    @Test
    @DisplayName("learns inverses by reconstruction along its finite differences")
    void reconstruction() {
        Bench bench = OracleNets.dense543(ActivationFunction.TANH);
        Learner learner =
                oracle("{type: dtp, feedbackLoss: reconstruction, feedbackUpdates: [1], noise: [0.1]}", bench);
        trained(learner, "feedback/dense2/bias").write(OracleNets.bias(20, WIDTHS[1]));
        for (int k = 0; k < 2; k++) {
            int l = k + 2;
            Map<String, double[]> updates = update(learner, bench, k);
            assertThat(updates).containsOnlyKeys(feedback(l), "feedback/dense" + l + "/bias");
            updates.forEach((name, update) -> {
                double[] value = trained(learner, name).toDoubles();
                for (int i = 0; i < value.length; i++) {
                    double[] ends = new double[2];
                    for (int end = 0; end < 2; end++) {
                        double[] moved = value.clone();
                        moved[i] += end == 0 ? -1e-5 : 1e-5;
                        trained(learner, name).write(moved);
                        ends[end] = reconstruction(learner, bench, l, 0.1);
                    }
                    trained(learner, name).write(value);
                    assertThat(update[i]).as(name).isCloseTo((ends[1] - ends[0]) / 2e-5, within(1e-8));
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ActivationFunction.class,
            names = {"TANH", "RELU", "LEAKY_RELU", "SIGMOID"})
    @DisplayName("is beta times backpropagation where the inverse is the transposed derivative")
    void sham(ActivationFunction function) {
        LayerSettings[] layers = {
            conv(5),
            activation(function),
            maxPool(),
            conv(4),
            activation(function),
            flatten(),
            dense(6, true),
            activation(function),
            dense(3, true)
        };
        Bench bench = Bench.of(Shape.of(6, 6, 2), 3, 5, layers);
        Map<String, double[]> gradients = Bench.updates(Practice.learner("{type: backprop}", bench), bench.batch);
        String settings = "{type: dtp, feedback: transpose, inverse: %s, beta: 0.3}";
        Map<String, double[]> exact =
                Bench.updates(Practice.learner(settings.formatted("derivative"), bench), bench.batch);
        Map<String, double[]> mirrored =
                Bench.updates(Practice.learner(settings.formatted("mirror"), bench), bench.batch);
        gradients.forEach((name, gradient) -> {
            double[] expected = Arrays.stream(gradient).map(g -> 0.3 * g).toArray();
            assertThat(Vectors.relativeDifference(exact.get(name), expected))
                    .as(name)
                    .isLessThan(1e-12);
        });
        // Negative control: an activation that acts on the target once more is another inverse.
        assertThat(Vectors.relativeDifference(mirrored.get("conv1/weights"), exact.get("conv1/weights")))
                .isGreaterThan(1e-3);
    }

    @Test
    @DisplayName("turns inverses towards the transposed weights by local differences")
    void aligns() {
        Bench bench = Bench.of(Shape.of(1, 1, 24), 10, 64, flatten(), dense(24), tanh(), dense(24), tanh(), dense(10));
        Practice practice = new Practice(
                "{type: dtp, feedbackUpdates: [150], noise: [0.1], feedbackOptimizer: null}", bench, 0.3, 0, 0);
        double[][] before = angles(practice);
        // The network stands still: only inverses move.
        for (int k = 0; k < practice.learner.updatesPerBatch() - 1; k++) {
            update(practice.learner, bench, k);
            move(practice.learner, k, 0.3 / bench.batch.size());
        }
        double[][] after = angles(practice);
        for (int i = 0; i < 2; i++) {
            assertThat(before[i][0]).isGreaterThan(70);
            assertThat(after[i][0]).isLessThan(before[i][0] - 15);
        }
    }

    private static double[][] angles(Practice practice) {
        return new double[][] {{angle(practice, "dense2")}, {angle(practice, "dense3")}};
    }

    private static double angle(Practice practice, String layer) {
        String key = layer + "/weights";
        return Vectors.angle(
                practice.learner.feedback().get(key).toDoubles(),
                trained(practice.learner, key).toDoubles());
    }

    @Test
    @DisplayName("takes no memory for the arrays of an update")
    void allocation() {
        LayerSettings[] layers = {
            conv(5), tanh(), maxPool(), conv(4), tanh(), maxPool(), flatten(), dense(16, true), tanh(), dense(3, true)
        };
        Bench bench = Bench.of(Precision.FLOAT32, LossFunction.CROSS_ENTROPY, Shape.of(16, 16, 2), 3, 32, layers);
        RandomGenerator random = RandomGenerator.getDefault();
        for (String loss : List.of("local-difference", "reconstruction")) {
            String settings = "{type: dtp, feedbackUpdates: [1], feedbackLoss: " + loss + "}";
            Learner learner = learner(settings, bench, purpose -> random);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long[] bytes = new long[learner.updatesPerBatch()];
            for (int batch = 0; batch < 40; batch++) {
                for (int k = 0; k < bytes.length; k++) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    if (k == 0) {
                        learner.learn(bench.batch);
                    } else {
                        learner.learnMore(bench.batch, k);
                    }
                    bytes[k] += batch < 20 ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
                }
            }
            // Sharing loops between threads takes up to 200 bytes a kernel; the noise of a convolution has 40 kB, and
            // an update draws all of it.
            assertThat(Arrays.stream(bytes).max().orElseThrow() / 20).as(loss).isLessThan(16384);
        }
    }

    private static List<String> messages(String settings, LayerSettings... layers) {
        Findings findings =
                Practice.findings(settings, Bench.graph(Shape.of(8, 8, 2), 3, layers), LossFunction.CROSS_ENTROPY);
        return findings.misfits().stream().map(Misfit::message).toList();
    }

    @Test
    @DisplayName(
            "refuses what targets cannot come down through, and lists that fit no stages, and says what dear updates cost")
    void refusals() {
        LayerSettings[] plain = {flatten(), dense(5), tanh(), dense(4), tanh(), dense(3)};
        assertThat(messages("{type: dtp}", plain)).isEmpty();
        assertThat(messages("{type: dtp, noise: [0.1, 0.2]}", plain)).isEmpty();
        assertThat(messages("{type: dtp, noise: [0.1, 0.2, 0.3]}", plain))
                .singleElement()
                .asString()
                .contains("3 numbers", "dense2, dense3");
        assertThat(messages("{type: dtp, inverse: derivative, feedbackLoss: reconstruction}", plain))
                .singleElement()
                .asString()
                .contains("inverse: mirror");
        Findings dear = Practice.findings(
                "{type: dtp, feedbackUpdates: [100]}",
                Bench.graph(Shape.of(8, 8, 2), 3, plain),
                LossFunction.CROSS_ENTROPY);
        assertThat(dear.warnings()).isEmpty();
        dear = Practice.findings(
                "{type: dtp, feedbackUpdates: [100]}",
                Bench.graph(Shape.of(8, 8, 2), 3, conv(4), conv(4), flatten(), dense(3)),
                LossFunction.CROSS_ENTROPY);
        assertThat(dear.warnings()).singleElement().asString().contains("steps of backpropagation");
    }
}
