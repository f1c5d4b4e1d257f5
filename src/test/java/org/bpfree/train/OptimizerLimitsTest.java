package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bpfree.failure.Failure;
import org.bpfree.learn.Trained;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What an optimizer lets through: limits of norms, weights and signs, and numbers that are not finite")
class OptimizerLimitsTest {
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
