package org.bpfree.learn.gait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bpfree.learn.Bench;
import org.bpfree.tensor.Precision;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The deviations that adaptive increments and the difference form cure are really there (section 10, items 1 to 3). */
@DisplayName("GAIT-prop departs from backpropagation")
class GaitPropDeviationTest {
    private static final int SEEDS = 8;

    private static double[] angles(String settings, int depth, Precision precision) {
        return SquareNets.angles("{type: " + settings + "}", SquareNets.deep(depth, precision));
    }

    @Test
    @DisplayName("with fixed gamma 1e-3 in float64: hardly at depth 5, altogether at depths 8, 12 and 20")
    void fixedIncrementsDrownInRounding() {
        String fixed = "gait-prop, increment: fixed, form: literal";
        double[] five = angles(fixed, 5, Precision.FLOAT64);
        assertThat(five[0]).as("rounding, gamma^4 = 1e-12").isBetween(0.05, 15.0);
        assertThat(five[1]).isLessThan(0.01);
        assertThat(five[2]).isLessThan(1e-4);
        for (int depth : new int[] {8, 12, 20}) {
            assertThat(angles(fixed, depth, Precision.FLOAT64)[0]).isBetween(60.0, 120.0);
        }
        assertThat(angles("gait-prop, increment: fixed, gamma: 1.0e-6, form: literal", 5, Precision.FLOAT64)[0])
                .as("smaller steps drown earlier")
                .isGreaterThan(60);
    }

    @Test
    @DisplayName(
            "with gamma 1, by increments that change the sign of an activity; with gamma 0.1 less, with 1e-3 hardly")
    void largeIncrementsCrossZero() {
        String form = "gait-prop, increment: fixed, form: difference, gamma: ";
        assertThat(angles(form + "1", 5, Precision.FLOAT64)[0]).isBetween(30.0, 90.0);
        assertThat(angles(form + "0.1", 5, Precision.FLOAT64)[0]).isBetween(0.1, 30.0);
        assertThat(angles(form + "1.0e-3", 5, Precision.FLOAT64)[0]).isLessThan(0.1);
    }

    @Test
    @DisplayName("in the literal form in float32")
    void literalFormNeedsDigits() {
        assertThat(angles("gait-prop, form: literal", 5, Precision.FLOAT32)[0]).isGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({"'itp, increment: fixed, form: literal'", "target-prop"})
    @DisplayName("without the squared derivative, in every layer but the last")
    void withoutAdjustment(String settings) {
        double[] angles = angles(settings, 5, Precision.FLOAT64);
        for (int layer = 0; layer < 4; layer++) {
            assertThat(angles[layer]).isBetween(40.0, 110.0);
        }
        assertThat(angles[4]).isEqualTo(0);
    }

    /**
     * To first order {@code W^-T - W = -epsilon (Q N^T Q + N)}, of norm {@code sqrt(2) epsilon} relative to {@code W} and independent from
     * layer to layer, so {@code k} crossed layers turn the update by {@code sqrt(2 k) epsilon}. For 0.3 the expectation is the mean of ten
     * NumPy runs of the literal recursion with inverted matrices (45.9, 39.6, 32.4, 24.8). The table of the specification has about two thirds of
     * these angles; NumPy does not reproduce it with any reading of its conditions.
     */
    @ParameterizedTest
    @CsvSource({
        "0.01, 1.6, 1.4, 1.1, 0.8",
        "0.03, 4.9, 4.2, 3.4, 2.4",
        "0.1, 16.2, 14, 11.5, 8.1",
        "0.3, 45.9, 39.6, 32.4, 24.8"
    })
    @DisplayName("with weights Q + epsilon N(0, 1/n), by sqrt(2 k) epsilon after k crossed layers")
    void weightsThatAreNotOrthogonal(double epsilon, double first, double second, double third, double fourth) {
        double[] mean = new double[5];
        for (int seed = 1; seed <= SEEDS; seed++) {
            Bench bench = SquareNets.deep(seed, 5, Precision.FLOAT64);
            SquareNets.changeWeights(seed, bench, 1, epsilon / Math.sqrt(SquareNets.WIDTH));
            double[] angles = SquareNets.angles("{type: gait-prop}", bench);
            for (int layer = 0; layer < mean.length; layer++) {
                mean[layer] += angles[layer] / SEEDS;
            }
        }
        double[] expected = {first, second, third, fourth, 0};
        for (int layer = 0; layer < mean.length; layer++) {
            assertThat(mean[layer]).as("layer " + (layer + 1)).isCloseTo(expected[layer], within(2.0));
        }
    }
}
