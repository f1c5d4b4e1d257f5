package org.bpfree.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bpfree.data.DataSettings.Normalization;
import org.junit.jupiter.api.Test;

class NormalizerTest {
    private static final ImageSet GREY = TestImages.random(new ImageShape(4, 4, 1), 3);

    @Test
    void unitRunsFromZeroToOne() {
        Normalizer unit = Normalizer.of(Normalization.UNIT, GREY);
        assertThat(unit.apply(0, 0)).isEqualTo(0f);
        assertThat(unit.apply(0, 255)).isEqualTo(1f);
    }

    @Test
    void centeredRunsFromMinusToPlusOneHalf() {
        Normalizer centered = Normalizer.of(Normalization.CENTERED, GREY);
        assertThat(centered.apply(0, 0)).isEqualTo(-0.5f);
        assertThat(centered.apply(0, 255)).isEqualTo(0.5f);
    }

    @Test
    void symmetricRunsFromMinusToPlusOne() {
        Normalizer symmetric = Normalizer.of(Normalization.SYMMETRIC, GREY);
        assertThat(symmetric.apply(0, 0)).isEqualTo(-1f);
        assertThat(symmetric.apply(0, 255)).isCloseTo(1f, within(1e-6f));
    }

    @Test
    void noneKeepsThePixel() {
        assertThat(Normalizer.of(Normalization.NONE, GREY).apply(0, 200)).isEqualTo(200f);
    }

    @Test
    void mnistTakesTheMeanAndDeviationOfMnist() {
        Normalizer mnist = Normalizer.of(Normalization.MNIST, GREY);
        assertThat(mnist.apply(0, 0)).isCloseTo(-0.1307f / 0.3081f, within(1e-6f));
        assertThat(mnist.apply(0, 255)).isCloseTo((1 - 0.1307f) / 0.3081f, within(1e-6f));
    }

    @Test
    void perChannelGivesEachChannelMeanZeroAndDeviationOne() {
        ImageSet colour = TestImages.random(new ImageShape(8, 8, 3), 50);
        Normalizer normalizer = Normalizer.of(Normalization.PER_CHANNEL, colour);
        float[] numbers = new float[50 * 192];
        normalizer.apply(colour.pixels(), 0, numbers, 0, numbers.length);
        for (int channel = 0; channel < 3; channel++) {
            double sum = 0;
            double squares = 0;
            for (int i = channel; i < numbers.length; i += 3) {
                sum += numbers[i];
                squares += numbers[i] * numbers[i];
            }
            assertThat(sum / 3200).isCloseTo(0, within(1e-5));
            assertThat(squares / 3200).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void aChannelThatNeverChangesBecomesZeroInsteadOfNaN() {
        ImageSet flat = new ImageSet(new ImageShape(2, 2, 1), 1, 10, new byte[] {9, 9, 9, 9}, new byte[1]);
        assertThat(Normalizer.of(Normalization.PER_CHANNEL, flat).apply(0, 9)).isEqualTo(0f);
    }

    @Test
    void scaleAndShiftRebuildIt() {
        ImageSet colour = TestImages.random(new ImageShape(8, 8, 3), 5);
        Normalizer normalizer = Normalizer.of(Normalization.PER_CHANNEL, colour);
        Normalizer rebuilt = Normalizer.of(normalizer.scale(), normalizer.shift());
        for (int pixel = 0; pixel < 256; pixel++) {
            assertThat(rebuilt.apply(2, pixel)).isEqualTo(normalizer.apply(2, pixel));
        }
    }

    @Test
    void bytesAreUnsignedAndPositionsAreKept() {
        Normalizer none = Normalizer.of(Normalization.NONE, GREY);
        float[] out = {-1, -1, -1, -1};
        none.apply(new byte[] {1, (byte) 200, 3}, 1, out, 2, 2);
        assertThat(out).containsExactly(-1, -1, 200, 3);
    }
}
