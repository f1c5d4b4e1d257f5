package org.bpfree.learn.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.named;
import static org.bpfree.learn.Layers.tanh;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Pass;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Errors;
import org.bpfree.learn.GraphLearner;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Practice;
import org.bpfree.model.JoinLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.Padding;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DFA, sDFA and DRTP")
class DirectLearnerTest {
    private static final int CLASSES = 4;
    private static final int IMAGES = 5;

    /** The signal S of a learner, from its definition. */
    private static double[][] signal(String type, Learner learner, Bench bench) {
        double[] scores = learner.activations(bench.batch).get("dense" + 2).toDoubles();
        return signal(type, scores, bench.batch.labels());
    }

    private static double[][] signal(String type, double[] scores, int[] labels) {
        double[][] s = new double[IMAGES][CLASSES];
        for (int n = 0; n < IMAGES; n++) {
            double sum = 0;
            for (int k = 0; k < CLASSES; k++) {
                sum += Math.exp(scores[n * CLASSES + k]);
            }
            for (int k = 0; k < CLASSES; k++) {
                double label = labels[n] == k ? 1 : 0;
                double e = Math.exp(scores[n * CLASSES + k]) / sum - label;
                s[n][k] = switch (type) {
                    case "dfa" -> e;
                    case "sdfa" -> Math.signum(e);
                    default -> label;
                };
            }
        }
        return s;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dfa", "sdfa", "drtp"})
    @DisplayName("the hidden update is ((S D) * phi'(z))^T x, computed by hand")
    void hiddenUpdate(String type) {
        int hidden = 7;
        Bench bench = Bench.of(Shape.of(3, 3, 1), CLASSES, IMAGES, flatten(), dense(hidden), tanh(), dense(CLASSES));
        Learner learner = Practice.learner("{type: " + type + "}", bench);
        double[] update = Bench.updates(learner, bench.batch).get("dense1/weights");
        double[][] s = signal(type, learner, bench);
        double[] d = learner.state().get("feedback/dense2/weights").toDoubles();
        double[] h = learner.activations(bench.batch).get("tanh1").toDoubles();
        double[] x = bench.batch.images().toDoubles();
        for (int unit = 0; unit < hidden; unit++) {
            for (int input = 0; input < 9; input++) {
                double expected = 0;
                for (int n = 0; n < IMAGES; n++) {
                    double error = 0;
                    for (int k = 0; k < CLASSES; k++) {
                        error += s[n][k] * d[k * hidden + unit];
                    }
                    double activation = h[n * hidden + unit];
                    expected += error * (1 - activation * activation) * x[n * 9 + input];
                }
                assertThat(update[unit * 9 + input]).isCloseTo(expected, within(1e-13));
            }
        }
    }

    /** The update of the bias of layer {@code a}, which is the sum of all its errors of a channel. */
    private static double[] biasUpdate(String learner, Bench bench) {
        return Bench.updates(Practice.learner(learner, bench), bench.batch).get("a/bias");
    }

    private static double[] expectedBias(String learner, Bench bench, List<String> readers, boolean kernels) {
        Learner fresh = Practice.learner(learner, bench);
        fresh.learn(bench.batch);
        double[] scores = fresh.activations(bench.batch).get("dense1").toDoubles();
        double[][] s = signal("dfa", scores, bench.batch.labels());
        double[] sum = new double[3];
        for (String reader : readers) {
            double[] d = fresh.state().get("feedback/" + reader + "/weights").toDoubles();
            int perClass = d.length / CLASSES;
            // Without padding every position of the output reaches every tap of the kernel.
            int times = kernels ? 4 * 4 : 1;
            for (double[] ofImage : s) {
                for (int i = 0; i < d.length; i++) {
                    sum[i % 3] += times * ofImage[i / perClass] * d[i];
                }
            }
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"full", "convolution"})
    @DisplayName("a convolution's input gets S D as a map, or S through a transposed convolution")
    void convolutionalProjection(String projection) {
        Bench bench = Bench.of(
                Shape.of(6, 6, 2),
                CLASSES,
                IMAGES,
                named("a", 3, "input"),
                conv(5, 3, 1, Padding.VALID, false),
                flatten(),
                dense(CLASSES));
        String learner = "{type: dfa, projection: " + projection + "}";
        boolean kernels = projection.equals("convolution");
        assertThat(Practice.learner(learner, bench)
                        .state()
                        .get("feedback/conv1/weights")
                        .shape())
                .isEqualTo(kernels ? Shape.of(CLASSES, 3, 3, 3) : Shape.of(CLASSES, 6 * 6 * 3));
        assertThat(biasUpdate(learner, bench))
                .containsExactly(expectedBias(learner, bench, List.of("conv1"), kernels), within(1e-12));
    }

    @Test
    @DisplayName("a node that two layers with weights read gets the sum of their projections")
    void branches() {
        Bench bench = Bench.of(
                Shape.of(6, 6, 2),
                CLASSES,
                IMAGES,
                named("a", 3, "input"),
                named("b", 3, "a"),
                named("c", 3, "a"),
                new LayerSettings("", List.of("b", "c"), new JoinLayers.Add()),
                flatten(),
                dense(CLASSES));
        assertThat(biasUpdate("{type: dfa}", bench))
                .containsExactly(expectedBias("{type: dfa}", bench, List.of("b", "c"), false), within(1e-12));
        assertThat(biasUpdate("{type: dfa}", bench)[0])
                .isNotCloseTo(expectedBias("{type: dfa}", bench, List.of("b"), false)[0], within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({"dfa, true", "sdfa, true", "drtp, true", "fa, false", "usf, false"})
    @DisplayName("given the output error, hidden errors do not depend on the weights above, unlike those of fa and usf")
    void independentOfUpperWeights(String type, boolean independent) {
        Bench bench = Bench.of(
                Shape.of(3, 3, 1), CLASSES, IMAGES, flatten(), dense(7), tanh(), dense(6), tanh(), dense(CLASSES));
        FeedbackLearner learner = (FeedbackLearner) Practice.learner("{type: " + type + "}", bench);
        learner.prepare(bench.batch);
        Arena arena = new Arena(Precision.FLOAT64);
        Pass pass = new Pass(
                bench.graph,
                bench.parameters,
                bench.batch.images(),
                Kernel.Mode.TRAIN,
                arena,
                purpose -> RandomStream.of(1, purpose));
        Errors errors = new Errors(pass, arena);
        Tensor error = errors.output();
        error.write(
                RandomStream.of(1, "test/error").doubles(error.size(), -1, 1).toArray());
        GraphLearner.Credit credit = learner.bind(pass, bench.batch, errors);
        pass.forward();
        credit.assign();
        double[] before = firstUpdate(learner);
        for (String key : List.of("dense2/weights", "dense3/weights")) {
            bench.parameters.asMap().forEach((parameter, value) -> {
                if (parameter.key().equals(key)) {
                    double[] changed = value.toDoubles();
                    Arrays.setAll(changed, i -> 0.5 - 2 * changed[i]);
                    value.write(changed);
                }
            });
        }
        pass.forward();
        credit.assign();
        assertThat(Arrays.equals(before, firstUpdate(learner))).isEqualTo(independent);
    }

    private static double[] firstUpdate(Learner learner) {
        return learner.trained().get(0).update().toDoubles();
    }

    @Test
    @DisplayName(
            "projections are drawn from the laws of the released codes: U(1/sqrt(d)) for dfa, U(sqrt(6/d)) for drtp")
    void laws() {
        Bench bench = Bench.of(Shape.of(3, 3, 1), CLASSES, IMAGES, flatten(), dense(5000), tanh(), dense(CLASSES));
        Map<String, Double> bounds =
                Map.of("dfa", 1 / Math.sqrt(5000), "sdfa", 1 / Math.sqrt(5000), "drtp", Math.sqrt(6.0 / 5000));
        bounds.forEach((type, bound) -> {
            double[] d = Practice.learner("{type: " + type + "}", bench)
                    .state()
                    .get("feedback/dense2/weights")
                    .toDoubles();
            double largest = Arrays.stream(d).map(Math::abs).max().orElseThrow();
            assertThat(largest / bound).as(type).isBetween(0.999, 1.0);
        });
    }
}
