package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bpfree.learn.Trained;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.optimizer.ScheduleSettings;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
}
