package org.bpfree.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void theDeviationIsThatOfASample() {
        // Squares of the differences from 5: 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32; divided by 8 - 1.
        Summary summary = Summary.of(List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0));

        assertThat(summary.count()).isEqualTo(8);
        assertThat(summary.mean()).isEqualTo(5.0);
        assertThat(summary.deviation()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-15));
    }

    @Test
    void smallDifferencesOfLargeValuesAreKept() {
        Summary summary = Summary.of(List.of(1e9 + 1, 1e9 + 2, 1e9 + 3));

        assertThat(summary.deviation()).isCloseTo(1.0, within(1e-9));
    }

    @Test
    void oneValueHasNoDeviationAndNoValueNoMean() {
        assertThat(Summary.of(List.of(0.5))).isEqualTo(new Summary(1, 0.5, Double.NaN));
        assertThat(Summary.of(List.of())).isEqualTo(new Summary(0, Double.NaN, Double.NaN));
    }

    @Test
    void theTextShowsTheDeviationWhereThereIsOne() {
        assertThat(Summary.of(List.of(0.5, 0.7)).text(100, "%.2f")).isEqualTo("60.00 ± 14.14");
        assertThat(Summary.of(List.of(0.5)).text(1, "%.1f")).isEqualTo("0.5");
        assertThat(Summary.of(List.of()).text(1, "%.1f")).isEqualTo("–");
    }

    /** The expected numbers are SciPy 1.17.1's: {@code stats.t.interval}, {@code stats.ttest_1samp}, {@code stats.t.ppf}. */
    @Nested
    class AsSciPyHasIt {
        private final Summary summary = Summary.of(List.of(0.712, 0.705, 0.731, 0.699, 0.718));

        @Test
        void theIntervalOfTheMean() {
            assertThat(summary.mean()).isCloseTo(0.713, within(1e-12));
            assertThat(summary.deviation()).isCloseTo(0.01234908903522848, within(1e-12));
            assertThat(summary.interval().low()).isCloseTo(0.6976665807343438, within(1e-10));
            assertThat(summary.interval().high()).isCloseTo(0.7283334192656559, within(1e-10));
            assertThat(summary.interval().text(100, "%.2f")).isEqualTo("[69.77, 72.83]");
        }

        @Test
        void theProbabilityOfAMeanThisFarFromAValue() {
            assertThat(summary.pValue(0.70)).isCloseTo(0.07817913850987349, within(1e-10));
        }

        @Test
        void theNumberOfSeedsForAnInterval() {
            assertThat(summary.countFor(0.005)).isEqualTo(26);
            assertThat(summary.countFor(0.01)).isEqualTo(9);
        }
    }

    @Test
    void oneValueHasNoIntervalAndEqualValuesHaveOneWithoutLength() {
        Summary one = Summary.of(List.of(0.5));
        assertThat(one.interval().isKnown()).isFalse();
        assertThat(one.pValue(0)).isNaN();
        assertThat(one.countFor(1)).isZero();

        Summary equal = Summary.of(List.of(0.5, 0.5, 0.5));
        assertThat(equal.interval()).isEqualTo(new Interval(0.5, 0.5));
        assertThat(equal.pValue(0.5)).isEqualTo(1);
        assertThat(equal.pValue(0.4)).isZero();
    }
}
