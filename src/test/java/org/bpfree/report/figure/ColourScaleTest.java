package org.bpfree.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A scale of colours")
class ColourScaleTest {
    private static final ColourScale SIGNED = ColourScale.of(List.of(new double[] {-1, 3}), 1);
    private static final ColourScale UNSIGNED = ColourScale.of(List.of(new double[] {0, 3}), 1);

    /** CIE 1976 lightness, 0 to 100, of an sRGB colour. */
    private static double lightness(int rgb) {
        double y = 0.2126 * linear(rgb >> 16 & 0xff) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
        return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
    }

    private static double linear(int part) {
        double share = part / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    @Test
    @DisplayName("reaches as far below zero as above it where numbers have signs")
    void symmetric() {
        assertThat(SIGNED.kind()).isEqualTo(ColourScale.Kind.SIGNED);
        assertThat(SIGNED.low()).isEqualTo(-3);
        assertThat(SIGNED.most()).isEqualTo(3);
        assertThat(lightness(SIGNED.colour(0))).as("zero is near white").isGreaterThan(95);
        for (double value = 0.25; value <= 3; value += 0.25) {
            assertThat(lightness(SIGNED.colour(value)))
                    .as("as dark as its opposite: " + value)
                    .isCloseTo(lightness(SIGNED.colour(-value)), within(5.0))
                    .as("darker than what is nearer to zero: " + value)
                    .isLessThan(lightness(SIGNED.colour(value - 0.25)));
            assertThat(SIGNED.colour(value) & 0xff)
                    .as("less blue than its opposite: " + value)
                    .isLessThan(SIGNED.colour(-value) & 0xff);
        }
    }

    @Test
    @DisplayName("goes from zero, the darkest, up to the lightest where no number is negative")
    void sequential() {
        assertThat(UNSIGNED.kind()).isEqualTo(ColourScale.Kind.UNSIGNED);
        assertThat(UNSIGNED.low()).isZero();
        assertThat(lightness(UNSIGNED.colour(0))).isLessThan(10);
        for (double value = 0.1; value <= 3; value += 0.1) {
            assertThat(lightness(UNSIGNED.colour(value)))
                    .as("lighter than what is nearer to zero: " + value)
                    .isGreaterThan(lightness(UNSIGNED.colour(value - 0.1)));
        }
    }

    @Test
    @DisplayName("is one for all pictures")
    void common() {
        ColourScale both = ColourScale.of(List.of(new double[] {1, 2}, new double[] {0, -8}), 1);

        assertThat(both).isEqualTo(new ColourScale(ColourScale.Kind.SIGNED, 8));
    }

    @Test
    @DisplayName("of red, green and blue weights has grey at zero, and black and white at equal distances")
    void colours() {
        ColourScale scale = ColourScale.of(List.of(new double[] {-2, 0, 1}), 3);

        assertThat(scale.colour(0, 0, 0)).isEqualTo(0xff808080);
        assertThat(scale.colour(2, -2, 0)).isEqualTo(0xffff0180);
        assertThat(scale.low()).isEqualTo(-2);
    }

    @Test
    @DisplayName("leaves out what is not finite, and paints it in a colour of its own")
    void notFinite() {
        ColourScale scale = ColourScale.of(List.of(new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 2}), 1);

        assertThat(scale).isEqualTo(new ColourScale(ColourScale.Kind.UNSIGNED, 2));
        assertThat(scale.colour(Double.NaN)).isEqualTo(ColourScale.NOT_FINITE);
        assertThat(scale.colour(Double.NEGATIVE_INFINITY)).isEqualTo(ColourScale.NOT_FINITE);
    }

    @Test
    @DisplayName("of nothing but zeros shows them as zeros")
    void zeros() {
        assertThat(ColourScale.of(List.of(new double[2]), 1).colour(0)).isEqualTo(UNSIGNED.colour(0));
    }

    @Test
    @DisplayName("has numbers of three digits")
    void numbers() {
        assertThat(ColourScale.text(0)).isEqualTo("0");
        assertThat(ColourScale.text(-0.12345)).isEqualTo("−0.123");
        assertThat(ColourScale.text(3.14159)).isEqualTo("3.14");
        assertThat(ColourScale.text(12345)).isEqualTo("12345");
        assertThat(ColourScale.text(2.5e-7)).isEqualTo("2.50e-07");
    }
}
