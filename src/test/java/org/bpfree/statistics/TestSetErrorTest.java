package org.bpfree.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected numbers are SciPy 1.17.1's {@code stats.sem} of the shares of runs that are right, image by image. */
class TestSetErrorTest {
    private final BitSet x = bits("11010110");
    private final BitSet y = bits("10010100");
    private final BitSet z = bits("11110010");

    @Test
    void ofOneArmIsTheErrorOverImages() {
        assertThat(TestSetError.of(List.of(x, z), 8)).isCloseTo(0.15669579263200217, within(1e-12));
    }

    @Test
    void ofTwoArmsIsPairedOverImages() {
        assertThat(TestSetError.ofDifference(List.of(x), List.of(y), 8)).isCloseTo(0.16366341767699427, within(1e-12));
        assertThat(TestSetError.ofDifference(List.of(x, z), List.of(y), 8))
                .isCloseTo(0.1889822365046136, within(1e-12));
    }

    @Test
    void equalPredictionsDifferWithoutError() {
        assertThat(TestSetError.ofDifference(List.of(x), List.of(x), 8)).isZero();
    }

    private static BitSet bits(String text) {
        BitSet bits = new BitSet();
        for (int i = 0; i < text.length(); i++) {
            bits.set(i, text.charAt(i) == '1');
        }
        return bits;
    }
}
