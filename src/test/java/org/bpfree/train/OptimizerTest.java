package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bpfree.failure.Failure;
import org.bpfree.learn.Trained;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.optimizer.ScheduleSettings;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Optimizers follow their published formulas")
class OptimizerTest {
    private static final ScheduleSettings CONSTANT = new ScheduleSettings.Constant();
    private static final double[] START = {1, -2, 0.5};
    private static final double[][] GRADIENTS = {{0.1, 0.2, -0.3}, {-0.4, 0.1, 0.2}, {0.3, 0, 0.1}};

    private static double[] run(OptimizerSettings settings, double scale, double rate) {
        Tensor value = Tensor.of(Precision.FLOAT64, Shape.of(3), START);
        Tensor update = Tensor.zeros(Precision.FLOAT64, Shape.of(3));
        Optimizer optimizer = new Optimizer(settings, List.of(new Trained("w", value, update, Trained.Kind.WEIGHTS)));
        for (int step = 0; step < GRADIENTS.length; step++) {
            update.write(GRADIENTS[step]);
            optimizer.apply(scale, rate, step + 1);
        }
        return value.toDoubles();
    }

    @FunctionalInterface
    private interface Formula {
        /** One number through all gradients, written as in the publication. */
        double follow(double w, double[] gradients);
    }

    private static void assertFollows(OptimizerSettings settings, double rate, Formula formula) {
        double[] actual = run(settings, 1, rate);
        for (int i = 0; i < START.length; i++) {
            double[] ofNumber = {GRADIENTS[0][i], GRADIENTS[1][i], GRADIENTS[2][i]};
            assertThat(actual[i]).isCloseTo(formula.follow(START[i], ofNumber), within(1e-14));
        }
    }

    @Test
    void descent() {
        assertFollows(Yaml.optimizer("{type: sgd, learningRate: 1, weightDecay: 0.1}"), 0.5, (w, gradients) -> {
            for (double g : gradients) {
                w -= 0.5 * (g + 0.1 * w);
            }
            return w;
        });
    }

    /** Chen et al. 2023, algorithm 2. */
    @Test
    void lion() {
        assertFollows(
                Yaml.optimizer("{type: lion, beta1: 0.8, beta2: 0.95, weightDecay: 0.1}"), 0.5, (w, gradients) -> {
                    double m = 0;
                    for (double g : gradients) {
                        double c = 0.8 * m + (1 - 0.8) * g;
                        w -= 0.5 * (Math.signum(c) + 0.1 * w);
                        m = 0.95 * m + (1 - 0.95) * g;
                    }
                    return w;
                });
    }

    @Test
    void membersOfTheFamilyHaveDefaultsOfTheirOwn() {
        assertThat(Yaml.optimizer("{type: lion}").learningRate()).isEqualTo(1e-4);
        assertThat(Yaml.optimizer("{type: adam}").learningRate()).isEqualTo(1e-3);
        assertThat(Yaml.optimizer("{type: adamw}").weightDecay()).isEqualTo(0.01);
        assertThat(Yaml.optimizer("{type: lion}").weightDecay()).isZero();
    }

    @Test
    void momentum() {
        assertFollows(Yaml.optimizer("{type: sgd, learningRate: 1, momentum: 0.9}"), 0.5, (w, gradients) -> {
            double v = 0;
            for (double g : gradients) {
                v = 0.9 * v - 0.5 * g;
                w += v;
            }
            return w;
        });
    }

    @Test
    @DisplayName("Nesterov momentum as Sutskever et al. 2013, in the form of PyTorch: step along g + m v")
    void nesterov() {
        assertFollows(
                Yaml.optimizer("{type: sgd, learningRate: 1, momentum: 0.9, nesterov: true}"), 0.5, (w, gradients) -> {
                    double v = 0;
                    for (double g : gradients) {
                        v = 0.9 * v + g;
                        w -= 0.5 * (g + 0.9 * v);
                    }
                    return w;
                });
    }

    @Test
    void rmsProp() {
        assertFollows(Yaml.optimizer("{type: rmsprop, learningRate: 1, decay: 0.99}"), 0.01, (w, gradients) -> {
            double s = 0;
            for (double g : gradients) {
                s = 0.99 * s + 0.01 * g * g;
                w -= 0.01 * g / (Math.sqrt(s) + 1e-8);
            }
            return w;
        });
    }

    @Test
    void rmsPropWithMomentum() {
        assertFollows(
                Yaml.optimizer("{type: rmsprop, learningRate: 1, decay: 0.9, momentum: 0.5}"), 0.01, (w, gradients) -> {
                    double s = 0;
                    double v = 0;
                    for (double g : gradients) {
                        s = 0.9 * s + 0.1 * g * g;
                        v = 0.5 * v + 0.01 * g / (Math.sqrt(s) + 1e-8);
                        w -= v;
                    }
                    return w;
                });
    }

    @Test
    void adamWithDecayInTheGradient() {
        assertFollows(
                Yaml.optimizer("{type: adam, learningRate: 1, weightDecay: 0.1}"),
                0.01,
                (w, gradients) -> adam(w, gradients, 0.1, 0));
    }

    @Test
    void adamWithoutBiasCorrection() {
        assertFollows(
                Yaml.optimizer("{type: adam, learningRate: 1, beta2: 0.99, biasCorrection: false}"),
                0.01,
                (w, gradients) -> {
                    double m = 0;
                    double s = 0;
                    for (double g : gradients) {
                        m = 0.9 * m + 0.1 * g;
                        s = 0.99 * s + 0.01 * g * g;
                        w -= 0.01 * m / (Math.sqrt(s) + 1e-8);
                    }
                    return w;
                });
    }

    @Test
    void adamWithDecoupledDecay() {
        assertFollows(
                Yaml.optimizer("{type: adamw, learningRate: 1, weightDecay: 0.1}"),
                0.01,
                (w, gradients) -> adam(w, gradients, 0, 0.1));
    }

    private static double adam(double w, double[] gradients, double decay, double decoupled) {
        double m = 0;
        double v = 0;
        for (int t = 1; t <= gradients.length; t++) {
            double g = gradients[t - 1] + decay * w;
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            double corrected = m / (1 - Math.pow(0.9, t)) / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
            w = w - 0.01 * decoupled * w - 0.01 * corrected;
        }
        return w;
    }

    @Test
    @DisplayName("a scale of 1/n turns sums over the batch into means")
    void scale() {
        OptimizerSettings descent = Yaml.optimizer("{type: sgd, learningRate: 1, momentum: 0.9}");
        double[] mean = run(descent, 0.25, 0.4);
        double[] sum = run(descent, 1, 0.1);
        for (int i = 0; i < mean.length; i++) {
            assertThat(mean[i]).isCloseTo(sum[i], within(1e-15));
        }
    }

    @Test
    @DisplayName("the global norm of all updates is limited, and reported as it was")
    void clipping() {
        Tensor a = Tensor.zeros(Precision.FLOAT64, Shape.of(1));
        Tensor b = Tensor.zeros(Precision.FLOAT64, Shape.of(1));
        Optimizer optimizer = new Optimizer(
                Yaml.optimizer("{type: sgd, learningRate: 1, clipNorm: 1}"),
                List.of(
                        new Trained("a", a, Tensor.of(Precision.FLOAT64, Shape.of(1), 3), Trained.Kind.WEIGHTS),
                        new Trained("b", b, Tensor.of(Precision.FLOAT64, Shape.of(1), 4), Trained.Kind.WEIGHTS)));
        assertThat(optimizer.apply(1, 1, 1)).isCloseTo(5, within(1e-14));
        assertThat(a.at(0)).isCloseTo(-0.6, within(1e-14));
        assertThat(b.at(0)).isCloseTo(-0.8, within(1e-14));
    }

    @Test
    @DisplayName(
            "what is limited is the update as it is applied: the mean of a batch of four, or its sum under four times the limit")
    void clippingOfBatchMeans() {
        double[][] moved = new double[2][];
        for (boolean mean : new boolean[] {true, false}) {
            Tensor value = Tensor.zeros(Precision.FLOAT64, Shape.of(2));
            Tensor sum =
                    Tensor.of(Precision.FLOAT64, Shape.of(2), 12, 16); // of four images, whose mean (3, 4) has norm 5
            OptimizerSettings settings =
                    Yaml.optimizer("{type: sgd, learningRate: 1, clipNorm: %s}".formatted(mean ? 2 : 8));
            new Optimizer(settings, List.of(new Trained("w", value, sum, Trained.Kind.WEIGHTS)))
                    .apply(mean ? 1.0 / 4 : 1, mean ? 1 : 1.0 / 4, 1);
            moved[mean ? 0 : 1] = value.toDoubles();
        }
        assertThat(moved[0][0]).isCloseTo(-2 * 3 / 5.0, within(1e-15));
        assertThat(moved[0][1]).isCloseTo(-2 * 4 / 5.0, within(1e-15));
        assertThat(moved[1]).containsExactly(moved[0], within(1e-15));
    }

    @Test
    @DisplayName("the norms of the network and of the learner's own tensors are limited apart")
    void clippingByKind() {
        OptimizerSettings settings = Yaml.optimizer("{type: sgd, learningRate: 1, clipNorm: 0.05}");
        Shape one = Shape.of(1);
        Tensor w = Tensor.zeros(Precision.FLOAT64, one);
        Tensor feedback = Tensor.zeros(Precision.FLOAT64, one);
        Trained weights = new Trained("w", w, Tensor.of(Precision.FLOAT64, one, 3), Trained.Kind.WEIGHTS);
        Trained own =
                new Trained("feedback/w", feedback, Tensor.of(Precision.FLOAT64, one, 0.04), Trained.Kind.FEEDBACK);

        double reported = new Optimizer(settings, List.of(weights, own)).apply(1, 1, 1);

        assertThat(reported).isCloseTo(3, within(1e-14));
        assertThat(w.at(0)).as("the whole limit, as without the second tensor").isCloseTo(-0.05, within(1e-16));
        assertThat(feedback.at(0)).as("below its limit").isCloseTo(-0.04, within(1e-16));
    }

    /** Two steps at rate 1 and one at rate 0.1 with gradients 1, 0, 0 and momentum 0.5, from 0. */
    private static double[] overADrop(OptimizerSettings settings) {
        Tensor value = Tensor.zeros(Precision.FLOAT64, Shape.of(1));
        Tensor update = Tensor.zeros(Precision.FLOAT64, Shape.of(1));
        Optimizer optimizer = new Optimizer(settings, List.of(new Trained("w", value, update, Trained.Kind.WEIGHTS)));
        double[] path = new double[3];
        for (int step = 0; step < path.length; step++) {
            update.fill(step == 0 ? 1 : 0);
            optimizer.apply(1, step < 2 ? 1 : 0.1, step + 1);
            path[step] = value.at(0);
        }
        return path;
    }

    private static void assertPath(OptimizerSettings settings, double... path) {
        assertThat(overADrop(settings)).containsExactly(path, within(1e-12));
    }

    @Test
    @DisplayName("after a drop of the rate PyTorch's momentum takes the new rate, Keras's keeps that of its time")
    void momentumForms() {
        // v = 1, 1/2, 1/4: PyTorch steps 1, 1/2, 0.1/4, Keras 1, 1/2, 1/4.
        assertPath(Yaml.optimizer("{type: sgd, learningRate: 1, momentum: 0.5}"), -1, -1.5, -1.525);
        assertPath(Yaml.optimizer("{type: sgd, learningRate: 1, momentum: 0.5, momentumForm: keras}"), -1, -1.5, -1.75);
        // Looking ahead: g + v/2 = 1.5, 1/4, 1/8.
        assertPath(Yaml.optimizer("{type: sgd, learningRate: 1, momentum: 0.5, nesterov: true}"), -1.5, -1.75, -1.7625);
        assertPath(
                Yaml.optimizer("{type: sgd, learningRate: 1, momentum: 0.5, nesterov: true, momentumForm: keras}"),
                -1.5,
                -1.75,
                -1.875);
        // Without memory of squares g / |g| = 1, then 0: the velocities are those above.
        assertPath(
                Yaml.optimizer("{type: rmsprop, learningRate: 1, decay: 0, momentum: 0.5, epsilon: 1.0e-14}"),
                -1,
                -1.5,
                -1.525);
        assertPath(
                Yaml.optimizer(
                        "{type: rmsprop, learningRate: 1, decay: 0, momentum: 0.5, epsilon: 1.0e-14, momentumForm: keras}"),
                -1,
                -1.5,
                -1.75);
    }

    @Test
    @DisplayName("the two forms of momentum have slots of different names, so that neither goes on from the other's")
    void slotNames() {
        List<Trained> trained = List.of(new Trained(
                "w",
                Tensor.zeros(Precision.FLOAT64, Shape.of(1)),
                Tensor.zeros(Precision.FLOAT64, Shape.of(1)),
                Trained.Kind.WEIGHTS));
        assertThat(new Optimizer(Yaml.optimizer("{type: sgd, learningRate: 1, momentum: 0.5}"), trained).slots())
                .containsOnlyKeys("velocity/w");
        assertThat(new Optimizer(
                                Yaml.optimizer("{type: sgd, learningRate: 1, momentum: 0.5, momentumForm: keras}"),
                                trained)
                        .slots())
                .containsOnlyKeys("slot1/w");
    }

    @Test
    @DisplayName("weights of the network stop at the limit, other tensors do not")
    void weightLimit() {
        Tensor weights = Tensor.zeros(Precision.FLOAT64, Shape.of(3));
        Tensor bias = Tensor.zeros(Precision.FLOAT64, Shape.of(1));
        Tensor update = Tensor.of(Precision.FLOAT64, Shape.of(3), -9, 1, 9);
        new Optimizer(
                        Yaml.optimizer("{type: sgd, learningRate: 1, weightLimit: 4}"),
                        List.of(
                                new Trained("w", weights, update, Trained.Kind.WEIGHTS),
                                new Trained(
                                        "b", bias, Tensor.of(Precision.FLOAT64, Shape.of(1), 9), Trained.Kind.OTHER)))
                .apply(1, 1, 1);
        assertThat(weights.toDoubles()).containsExactly(4, -1, -4);
        assertThat(bias.at(0)).isEqualTo(-9);
    }

    @Test
    @DisplayName("an update that is not finite is named and nothing moves")
    void divergence() {
        Tensor a = Tensor.zeros(Precision.FLOAT64, Shape.of(1));
        Tensor b = Tensor.zeros(Precision.FLOAT64, Shape.of(1));
        Optimizer optimizer = new Optimizer(
                Yaml.optimizer("{type: sgd, learningRate: 1}"),
                List.of(
                        new Trained(
                                "conv1/weights", a, Tensor.of(Precision.FLOAT64, Shape.of(1), 3), Trained.Kind.WEIGHTS),
                        new Trained(
                                "conv2/weights",
                                b,
                                Tensor.of(Precision.FLOAT64, Shape.of(1), Double.NaN),
                                Trained.Kind.WEIGHTS)));
        assertThatThrownBy(() -> optimizer.apply(1, 1, 1))
                .isInstanceOf(Divergence.class)
                .hasMessageContaining("conv2/weights");
        assertThat(a.at(0)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // just inside and beyond the range of single precision, beyond that of double precision
        "FLOAT32, 3e38, -1e26, 1e10, false",
        "FLOAT32, 3e38, -1e28, 1e10, true",
        "FLOAT64, 3e38, -1e28, 1e10, false",
        "FLOAT64, 1e308, -1e8, 1e300, true"
    })
    @DisplayName("a weight that overflows by the step of a finite update is a divergence that names it")
    void overflow(Precision precision, double start, double update, double rate, boolean overflows) {
        Tensor sound = Tensor.of(precision, Shape.of(1), 1);
        Optimizer optimizer = new Optimizer(
                Yaml.optimizer("{type: sgd, learningRate: 1}"),
                List.of(
                        new Trained("conv1/weights", sound, Tensor.of(precision, Shape.of(1), 1), Trained.Kind.WEIGHTS),
                        new Trained(
                                "conv2/weights",
                                Tensor.of(precision, Shape.of(2), 0, start),
                                Tensor.of(precision, Shape.of(2), 0, update),
                                Trained.Kind.WEIGHTS)));
        if (overflows) {
            assertThatThrownBy(() -> optimizer.apply(1, rate, 1))
                    .isInstanceOf(Divergence.class)
                    .hasMessageContaining("the tensor conv2/weights")
                    .hasMessageContaining("overflows");
        } else {
            assertThatCode(() -> optimizer.apply(1, rate, 1)).doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("the mean square of Adam that overflows would stop the weight silently, so it is a divergence")
    void overflowOfASlot() {
        Tensor value = Tensor.zeros(Precision.FLOAT32, Shape.of(1));
        Tensor update = Tensor.of(Precision.FLOAT32, Shape.of(1), 1e25);
        Optimizer optimizer = new Optimizer(
                Yaml.optimizer("{type: adam, learningRate: 1}"),
                List.of(new Trained("w", value, update, Trained.Kind.WEIGHTS)));
        assertThatThrownBy(() -> optimizer.apply(1, 1, 1)).isInstanceOf(Divergence.class);
    }

    @Test
    @DisplayName(
            "Batch Manhattan: the sign of the update, then weight decay, then momentum; the reduction does not matter")
    void batchManhattan() {
        OptimizerSettings manhattan =
                Yaml.optimizer("{type: sgd, learningRate: 1, momentum: 0.9, weightDecay: 0.1, batchManhattan: true}");
        assertFollows(manhattan, 0.5, (w, gradients) -> {
            double v = 0;
            for (double g : gradients) {
                v = 0.9 * v - 0.5 * (Math.signum(g) + 0.1 * w);
                w += v;
            }
            return w;
        });
        assertThat(run(manhattan, 1.0 / 64, 0.5)).isEqualTo(run(manhattan, 1, 0.5));
        OptimizerSettings plain = Yaml.optimizer("{type: sgd, learningRate: 1, momentum: 0.9, weightDecay: 0.1}");
        assertThat(run(plain, 1.0 / 64, 0.5)).as("negative control").isNotEqualTo(run(plain, 1, 0.5));
    }

    @Test
    @DisplayName("Batch Manhattan with a limit on the norm is refused, since signs have no norm to limit")
    void batchManhattanIsNotClipped() {
        assertThatThrownBy(() -> Yaml.optimizer("{type: sgd, learningRate: 1, clipNorm: 1, batchManhattan: true}"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("batchManhattan");
    }

    @Test
    @DisplayName("noSignChange: a weight that would cross or hit zero stops at 1e-10 with its old sign")
    void noSignChange() {
        double[] start = {1, -1, 1, -2, 0, 1e-10};
        double[] update = {3, -3, 1, 1, 1, 1};
        double[] moved = {-2, 2, 0, -3, -1, 1e-10 - 1};
        double[] kept = {1e-10, -1e-10, 1e-10, -3, -1, 1e-10};
        assertThat(signsKept(start, update, Trained.Kind.WEIGHTS, true)).containsExactly(kept);
        assertThat(signsKept(start, update, Trained.Kind.WEIGHTS, false)).containsExactly(moved);
        assertThat(signsKept(start, update, Trained.Kind.FEEDBACK, true)).containsExactly(moved);
        assertThat(signsKept(start, update, Trained.Kind.OTHER, true)).containsExactly(moved);
    }

    private static double[] signsKept(double[] start, double[] update, Trained.Kind kind, boolean noSignChange) {
        Shape shape = Shape.of(start.length);
        Tensor value = Tensor.of(Precision.FLOAT64, shape, start);
        Trained trained = new Trained("w", value, Tensor.of(Precision.FLOAT64, shape, update), kind);
        new Optimizer(
                        Yaml.optimizer("{type: sgd, learningRate: 1, noSignChange: %s}".formatted(noSignChange)),
                        List.of(trained))
                .apply(1, 1, 1);
        return value.toDoubles();
    }
}
