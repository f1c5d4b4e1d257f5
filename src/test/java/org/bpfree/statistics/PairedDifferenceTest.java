package org.bpfree.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where nothing else is said, expected numbers are SciPy 1.17.1's: {@code stats.ttest_rel}, {@code stats.permutation_test}. */
class PairedDifferenceTest {
    private final PairedDifference difference =
            PairedDifference.of(List.of(0.712, 0.705, 0.731, 0.699, 0.718), List.of(0.701, 0.707, 0.709, 0.690, 0.706));

    @Test
    void theIntervalIsThatOfTheDifferencesNotOfTheMeans() {
        assertThat(difference.summary().mean()).isCloseTo(0.0104, within(1e-12));
        assertThat(difference.summary().interval().low()).isCloseTo(-0.00023055836770165608, within(1e-10));
        assertThat(difference.summary().interval().high()).isCloseTo(0.021030558367701676, within(1e-10));
        assertThat(difference.summary().pValue(0)).isCloseTo(0.05319366646843729, within(1e-10));
    }

    @Test
    void theSignFlipTestCountsAllWaysToExchangeTheArmsWithinPairs() {
        assertThat(difference.signFlip()).isEqualTo(0.125);
        PairedDifference clear =
                PairedDifference.of(List.of(0.8, 0.81, 0.82, 0.83, 0.84), List.of(0.1, 0.11, 0.12, 0.13, 0.14));
        assertThat(clear.signFlip()).isEqualTo(2.0 / 32);
        PairedDifference none = PairedDifference.of(List.of(0.5, 0.6), List.of(0.5, 0.6));
        assertThat(none.signFlip()).isEqualTo(1);
        assertThat(PairedDifference.of(List.of(), List.of()).signFlip()).isNaN();
    }

    @Test
    void beyondTwentyPairsTheWaysAreDrawn() {
        // 24 ones of either sign: |sum| >= 8 has the probability 2 P(Binomial(24, 1/2) >= 16), which is 0.15158963.
        List<Double> first =
                IntStream.range(0, 24).mapToObj(i -> i < 16 ? 1.0 : -1.0).toList();
        double drawn = PairedDifference.of(first, Collections.nCopies(24, 0.0)).signFlip();
        assertThat(drawn).isCloseTo(0.15158963, within(0.005));
        assertThat(PairedDifference.of(first, Collections.nCopies(24, 0.0)).signFlip())
                .isEqualTo(drawn);
    }

    @Test
    void theEffectSizeHasHedgesCorrection() {
        assertThat(difference.effectSize()).isCloseTo(0.9717875682280668, within(1e-10));
        assertThat(PairedDifference.of(List.of(1.0), List.of(0.0)).effectSize()).isNaN();
        assertThat(PairedDifference.of(List.of(1.0, 2.0), List.of(1.0, 2.0)).effectSize())
                .isZero();
    }

    @Test
    void listsOfDifferentLengthAreNoPairs() {
        assertThatThrownBy(() -> PairedDifference.of(List.of(1.0), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
