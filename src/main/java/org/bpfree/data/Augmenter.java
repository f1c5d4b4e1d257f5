package org.bpfree.data;

import java.util.random.RandomGenerator;
import org.bpfree.data.DataSettings.Augmentation;

/**
 * Writes one image, normalized and perhaps changed: mirrored left to right, or cut from the image padded on all sides.
 *
 * <p>The padding is pixel 0 (black) <em>before</em> normalisation, so it becomes the number that a black pixel becomes.
 */
final class Augmenter {
    private final ImageShape shape;
    private final Normalizer normalizer;
    private final Augmentation augmentation;

    Augmenter(ImageShape shape, Normalizer normalizer, Augmentation augmentation) {
        this.shape = shape;
        this.normalizer = normalizer;
        this.augmentation = augmentation;
    }

    /** Whether images are changed at all. */
    boolean active() {
        return augmentation.flip() || augmentation.crop() > 0;
    }

    /**
     * Writes one image.
     *
     * @param pixels unsigned bytes
     * @param from where the image begins
     * @param out numbers, {@code [height, width, channels]} from {@code outFrom} on
     * @param outFrom where the image goes
     * @param random draws the change: the mirror first, then rows, then columns
     */
    void write(byte[] pixels, int from, float[] out, int outFrom, RandomGenerator random) {
        boolean mirror = augmentation.flip() && random.nextBoolean();
        int crop = augmentation.crop();
        int down = crop > 0 ? random.nextInt(2 * crop + 1) - crop : 0;
        int right = crop > 0 ? random.nextInt(2 * crop + 1) - crop : 0;
        write(pixels, from, out, outFrom, mirror, down, right);
    }

    /** Writes the window that begins {@code down} rows and {@code right} columns into the (mirrored) image, either may be negative. */
    void write(byte[] pixels, int from, float[] out, int outFrom, boolean mirror, int down, int right) {
        int channels = shape.channels();
        int position = outFrom;
        for (int row = 0; row < shape.height(); row++) {
            int sourceRow = row + down;
            boolean inRows = sourceRow >= 0 && sourceRow < shape.height();
            for (int column = 0; column < shape.width(); column++) {
                int wanted = column + right;
                boolean inside = inRows && wanted >= 0 && wanted < shape.width();
                int sourceColumn = mirror ? shape.width() - 1 - wanted : wanted;
                int source = from + (sourceRow * shape.width() + sourceColumn) * channels;
                for (int channel = 0; channel < channels; channel++) {
                    int pixel = inside ? pixels[source + channel] & 0xff : 0;
                    out[position++] = normalizer.apply(channel, pixel);
                }
            }
        }
    }
}
