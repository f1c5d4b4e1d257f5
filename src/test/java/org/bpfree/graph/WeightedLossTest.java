package org.bpfree.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Weights of classes and images of two labels: by the formula, and as the derivative of what is added up. */
class WeightedLossTest {
    private static final double[] SCORES = {0.3, -1.2, 0.8, 2, 0.1, -0.4};
    private static final double[] WEIGHTS = {0.5, 2, 3};
    private static final Targets MIXED = new Targets(new int[] {1, 2}, new int[] {0, 1}, new double[] {0.7, 1});

    @ParameterizedTest
    @FieldSource("org.bpfree.testing.Losses#VARIED")
    void theLossIsThatOfBothLabelsInTheirShares(LossFunction function) {
        Loss plain = new Loss(function, 3);
        double expected = 0.7 * 2 * of(plain, 0, 1) + 0.3 * 0.5 * of(plain, 0, 0) + 3 * of(plain, 1, 2);

        Loss.Result result = plain.weighted(WEIGHTS).evaluate(scores(SCORES), MIXED, null, null);

        assertThat(result.lossSum()).isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @FieldSource("org.bpfree.testing.Losses#VARIED")
    void theErrorIsTheDerivativeOfTheLoss(LossFunction function) {
        Loss loss = new Loss(function, 3).weighted(WEIGHTS);
        Tensor error = Tensor.zeros(Precision.FLOAT64, Shape.of(2, 3));
        loss.evaluate(scores(SCORES), MIXED, error, null);
        for (int i = 0; i < SCORES.length; i++) {
            double step = 1e-5;
            double[] above = SCORES.clone();
            double[] below = SCORES.clone();
            above[i] += step;
            below[i] -= step;
            double slope = (loss.evaluate(scores(above), MIXED, null, null).lossSum()
                            - loss.evaluate(scores(below), MIXED, null, null).lossSum())
                    / (2 * step);
            assertThat(error.toDoubles()[i]).as("score %d", i).isCloseTo(slope, within(1e-8));
        }
    }

    @Test
    void ranksCountTheClassesAboveTheLabel() {
        Predictions predictions = Predictions.of(4);
        double[] scores = {3, 1, 2, 1, 1, 1, 0, 5, 5, Double.NaN, 1, 0};

        new Loss(LossFunction.SQUARED_ERROR, 3)
                .evaluate(scores(scores), Targets.of(new int[] {1, 1, 2, 0}), null, predictions);

        // Of equal scores the first is the larger; a score that is no number is below all.
        assertThat(predictions.ranks()).startsWith(2, 1, 1).hasSize(4);
        assertThat(predictions.classes()).startsWith(0, 0, 1);
    }

    private static double of(Loss loss, int image, int label) {
        double[] scores = {SCORES[3 * image], SCORES[3 * image + 1], SCORES[3 * image + 2]};
        return loss.evaluate(scores(scores), new int[] {label}, null).lossSum();
    }

    private static Tensor scores(double[] values) {
        Tensor scores = Tensor.zeros(Precision.FLOAT64, Shape.of(values.length / 3, 3));
        scores.write(values);
        return scores;
    }
}
