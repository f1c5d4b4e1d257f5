package org.bpfree.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmTest {
    @Test
    void theSmallestIsMultipliedByTheNumberOfClaimsAndNoneFallsBelowAnEarlierOne() {
        // As R has it: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") is 0.03 0.06 0.06 0.02.
        List<Double> adjusted = Holm.adjust(List.of(0.01, 0.04, 0.03, 0.005));
        List<Double> expected = List.of(0.03, 0.06, 0.06, 0.02);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(adjusted.get(i)).isCloseTo(expected.get(i), within(1e-12));
        }
    }

    @Test
    void whatWasNotTestedCountsForNothing() {
        assertThat(Holm.adjust(List.of(Double.NaN, 0.04))).containsExactly(Double.NaN, 0.04);
        assertThat(Holm.adjust(List.of())).isEmpty();
    }

    @Test
    void noProbabilityIsAboveOne() {
        assertThat(Holm.adjust(List.of(0.9, 0.8))).containsExactly(1.0, 1.0);
    }
}
