package org.bpfree.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class LossTest {
    private static final double[] SCORES = {1, 2, 0.5, -1, 0, 3};
    private static final int[] LABELS = {1, 0};

    private static Tensor scores(double... elements) {
        return Tensor.of(Precision.FLOAT64, Shape.of(elements.length / 3, 3), elements);
    }

    @Test
    void crossEntropyIsMinusTheLogProbabilityOfTheLabel() {
        Loss.Result result = new Loss(LossFunction.CROSS_ENTROPY, 3).evaluate(scores(SCORES), LABELS, null);
        double first = -Math.log(Math.exp(2) / (Math.exp(1) + Math.exp(2) + Math.exp(0.5)));
        double second = -Math.log(Math.exp(-1) / (Math.exp(-1) + 1 + Math.exp(3)));
        assertThat(result.lossSum()).isCloseTo(first + second, within(1e-14));
        assertThat(result.correct()).isEqualTo(1);
        assertThat(result.accuracy()).isEqualTo(0.5);
    }

    @Test
    void squaredErrorIsHalfTheSquaredDistance() {
        Loss.Result result = new Loss(LossFunction.SQUARED_ERROR, 3).evaluate(scores(SCORES), LABELS, null);
        assertThat(result.lossSum()).isCloseTo(0.5 * (1 + 1 + 0.25) + 0.5 * (4 + 0 + 9), within(1e-14));
    }

    @Test
    void binaryCrossEntropyAsksOfEveryClassWhetherItIsTheLabel() {
        Loss.Result result = new Loss(LossFunction.BINARY_CROSS_ENTROPY, 3).evaluate(scores(SCORES), LABELS, null);
        double expected = 0;
        for (int i = 0; i < SCORES.length; i++) {
            double probability = 1 / (1 + Math.exp(-SCORES[i]));
            expected -= Math.log(LABELS[i / 3] == i % 3 ? probability : 1 - probability);
        }
        assertThat(result.lossSum()).isCloseTo(expected, within(1e-14));
        assertThat(result.correct()).isEqualTo(1);
    }

    @Test
    void binaryCrossEntropyOfLargeScoresDoesNotOverflow() {
        Tensor error = Tensor.zeros(Precision.FLOAT64, Shape.of(1, 3));
        Loss.Result result =
                new Loss(LossFunction.BINARY_CROSS_ENTROPY, 3).evaluate(scores(1000, -1000, 800), new int[] {1}, error);
        assertThat(result.lossSum()).isCloseTo(1000 + 1000 + 800, within(1e-9));
        assertThat(error.toDoubles()).containsExactly(1, -1, 1);
    }

    /** {@code -sum t log softmax(s)} with {@code t = (1 - e) onehot + e / K}, as PyTorch smooths labels. */
    @Test
    void smoothedCrossEntropy() {
        double[] scores = {0.5, -1, 2};
        double sum = Math.exp(0.5) + Math.exp(-1) + Math.exp(2);
        double expected = 0;
        double[] slope = new double[3];
        for (int k = 0; k < 3; k++) {
            double target = 0.3 / 3 + (k == 1 ? 0.7 : 0);
            expected -= target * Math.log(Math.exp(scores[k]) / sum);
            slope[k] = Math.exp(scores[k]) / sum - target;
        }
        Tensor error = Tensor.zeros(Precision.FLOAT64, Shape.of(1, 3));
        Predictions predictions = Predictions.of(1);

        Loss.Result result = new Loss(new CrossEntropy(0.3), 3)
                .evaluate(scores(scores), Targets.of(new int[] {1}), error, predictions);

        assertThat(result.lossSum()).isCloseTo(expected, within(1e-12));
        assertThat(error.toDoubles()).containsExactly(slope, within(1e-12));
        assertThat(predictions.classes()).containsExactly(2);
        assertThat(predictions.ranks()).containsExactly(2);
    }

    @ParameterizedTest
    @FieldSource("org.bpfree.testing.Losses#VARIED")
    void theErrorIsTheDerivativeOfTheLoss(LossFunction name) {
        Loss loss = new Loss(name, 3);
        Tensor error = Tensor.zeros(Precision.FLOAT64, Shape.of(2, 3));
        loss.evaluate(scores(SCORES), LABELS, error);
        for (int i = 0; i < SCORES.length; i++) {
            double[] above = SCORES.clone();
            double[] below = SCORES.clone();
            above[i] += 1e-5;
            below[i] -= 1e-5;
            double slope = (loss.evaluate(scores(above), LABELS, null).lossSum()
                            - loss.evaluate(scores(below), LABELS, null).lossSum())
                    / 2e-5;
            assertThat(error.at(i)).isCloseTo(slope, within(1e-9));
        }
    }

    @Test
    @DisplayName("large scores do not overflow, NaN scores are neither hidden nor counted as correct")
    void extremes() {
        Loss loss = new Loss(LossFunction.CROSS_ENTROPY, 3);
        assertThat(loss.evaluate(scores(1000, 0, -1000), new int[] {0}, null).lossSum())
                .isZero();
        Loss.Result broken = loss.evaluate(scores(Double.NaN, Double.NaN, Double.NaN), new int[] {0}, null);
        assertThat(broken.lossSum()).isNaN();
        assertThat(broken.correct()).isZero();
    }
}
