package org.bpfree.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bpfree.data.DataSettings.Augmentation;

/**
 * Writes one image, normalized and perhaps changed: mirrored left to right, cut from the image padded on all sides, turned, in other colours,
 * with a black square.
 *
 * <p>What comes in from outside is pixel 0 (black) <em>before</em> normalisation, so it becomes the number that a black pixel becomes.
 */
final class Augmenter {
    private final ImageShape shape;
    private final Normalizer normalizer;
    private final Augmentation augmentation;
    private final ColourJitter jitter;
    private final byte[] moved; // one image
    private final byte[] turned; // one image

    Augmenter(ImageShape shape, Normalizer normalizer, Augmentation augmentation) {
        this.shape = shape;
        this.normalizer = normalizer;
        this.augmentation = augmentation;
        this.jitter = new ColourJitter(shape, augmentation.colour());
        this.moved = new byte[shape.size()];
        this.turned = new byte[shape.size()];
    }

    /** Whether images are changed at all. */
    boolean active() {
        return augmentation.flip() || augmentation.crop() > 0 || changesMore();
    }

    private boolean changesMore() {
        return augmentation.rotate() > 0 || augmentation.colour() > 0 || augmentation.cutout() > 0;
    }

    /**
     * Writes one image.
     *
     * @param pixels unsigned bytes
     * @param from where the image begins
     * @param out numbers, {@code [height, width, channels]} from {@code outFrom} on
     * @param outFrom where the image goes
     * @param random draws the change: the mirror first, then rows, columns, the angle, brightness, contrast and saturation, and the row and
     *     column of the square; nothing for what is not asked for
     */
    void write(byte[] pixels, int from, float[] out, int outFrom, RandomGenerator random) {
        boolean mirror = augmentation.flip() && random.nextBoolean();
        int crop = augmentation.crop();
        int down = crop > 0 ? random.nextInt(2 * crop + 1) - crop : 0;
        int right = crop > 0 ? random.nextInt(2 * crop + 1) - crop : 0;
        if (!changesMore()) {
            write(pixels, from, out, outFrom, mirror, down, right);
            return;
        }
        move(pixels, from, mirror, down, right);
        byte[] image = moved;
        if (augmentation.rotate() > 0) {
            rotate(moved, Math.toRadians(augmentation.rotate()) * (2 * random.nextDouble() - 1), turned);
            image = turned;
        }
        if (augmentation.colour() > 0) {
            jitter.apply(image, random);
        }
        if (augmentation.cutout() > 0) {
            cutOut(image, random.nextInt(shape.height()), random.nextInt(shape.width()));
        }
        normalizer.apply(image, 0, out, outFrom, shape.size());
    }

    /** Writes the window that begins {@code down} rows and {@code right} columns into the (mirrored) image, either may be negative. */
    void write(byte[] pixels, int from, float[] out, int outFrom, boolean mirror, int down, int right) {
        move(pixels, from, mirror, down, right);
        normalizer.apply(moved, 0, out, outFrom, shape.size());
    }

    private void move(byte[] pixels, int from, boolean mirror, int down, int right) {
        int channels = shape.channels();
        int position = 0;
        for (int row = 0; row < shape.height(); row++) {
            int sourceRow = row + down;
            boolean inRows = sourceRow >= 0 && sourceRow < shape.height();
            for (int column = 0; column < shape.width(); column++) {
                int wanted = column + right;
                boolean inside = inRows && wanted >= 0 && wanted < shape.width();
                int sourceColumn = mirror ? shape.width() - 1 - wanted : wanted;
                int source = from + (sourceRow * shape.width() + sourceColumn) * channels;
                for (int channel = 0; channel < channels; channel++) {
                    moved[position++] = inside ? pixels[source + channel] : 0;
                }
            }
        }
    }

    /**
     * Turns an image about its middle, counter-clockwise as it is looked at: an output pixel lies between four input pixels (bilinear).
     *
     * @param angle radians
     */
    void rotate(byte[] image, double angle, byte[] out) {
        double cosine = Math.cos(angle);
        double sine = Math.sin(angle);
        double middleRow = (shape.height() - 1) / 2.0;
        double middleColumn = (shape.width() - 1) / 2.0;
        int position = 0;
        for (int row = 0; row < shape.height(); row++) {
            for (int column = 0; column < shape.width(); column++) {
                double x = column - middleColumn;
                double y = row - middleRow;
                double sourceColumn = middleColumn + cosine * x - sine * y;
                double sourceRow = middleRow + sine * x + cosine * y;
                for (int channel = 0; channel < shape.channels(); channel++) {
                    out[position++] = (byte) Math.round(between(image, sourceRow, sourceColumn, channel));
                }
            }
        }
    }

    private double between(byte[] image, double row, double column, int channel) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double down = row - top;
        double right = column - left;
        return (1 - down) * ((1 - right) * at(image, top, left, channel) + right * at(image, top, left + 1, channel))
                + down
                        * ((1 - right) * at(image, top + 1, left, channel)
                                + right * at(image, top + 1, left + 1, channel));
    }

    private int at(byte[] image, int row, int column, int channel) {
        boolean inside = row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
        return inside ? image[(row * shape.width() + column) * shape.channels() + channel] & 0xff : 0;
    }

    /** Blackens a square about a pixel, as far as it lies within the image. */
    private void cutOut(byte[] image, int row, int column) {
        int side = augmentation.cutout();
        int top = row - side / 2;
        int left = column - side / 2;
        int first = Math.max(0, left);
        int last = Math.min(shape.width(), left + side);
        for (int y = Math.max(0, top); y < Math.min(shape.height(), top + side); y++) {
            Arrays.fill(
                    image,
                    (y * shape.width() + first) * shape.channels(),
                    (y * shape.width() + last) * shape.channels(),
                    (byte) 0);
        }
    }
}
