package org.bpfree.measure.robustness;

import org.bpfree.data.Normalizer;

/**
 * Between pixels as fractions, 0 (black) to 1 (white), and the numbers a network gets. Images are {@code [height, width, channels]},
 * so the channel of number {@code i} is {@code i} modulo the channels.
 */
public final class PixelScale {
    private static final int WHITE = 255;

    private final double[] scale; // of one channel: number = scale * fraction + shift
    private final double[] shift;

    /** The scale of a run. */
    public PixelScale(Normalizer normalizer) {
        scale = normalizer.scale();
        shift = normalizer.shift();
        for (int channel = 0; channel < scale.length; channel++) {
            scale[channel] *= WHITE;
        }
    }

    /** Pixels of an image set as fractions. */
    public static void toFractions(byte[] pixels, int from, double[] fractions, int count) {
        for (int i = 0; i < count; i++) {
            fractions[i] = (pixels[from + i] & 0xff) / (double) WHITE;
        }
    }

    /** What the network gets for fractions. */
    public void toNumbers(double[] fractions, float[] numbers, int count) {
        for (int i = 0; i < count; i++) {
            int channel = i % scale.length;
            numbers[i] = (float) (scale[channel] * fractions[i] + shift[channel]);
        }
    }
}
