package org.bpfree.data;

import java.util.Arrays;

/**
 * Images of one shape with their labels, as bytes. Image {@code i} is {@code pixels[i * shape.size() .. (i + 1) * shape.size())}, in
 * the order row, column, channel; its label is {@link #label}, between 0 and {@code classes - 1}.
 *
 * <p>The arrays are shared, not copied, and may be longer than the images need: a training split whose validation images were taken
 * out keeps the array it was read into. Nobody writes to them once the set is built.
 */
public final class ImageSet {
    private final ImageShape shape;
    private final int size;
    private final int classes;
    private final byte[] pixels; // [size, height, width, channels], then perhaps unused bytes
    private final int[] labels; // [size], then perhaps unused ones

    /**
     * Wraps arrays without copying them.
     *
     * @param shape of one image
     * @param size number of images
     * @param classes number of classes; every label is below it
     * @param pixels at least {@code size * shape.size()} bytes, each 0..255 unsigned
     * @param labels at least {@code size} of them
     */
    public ImageSet(ImageShape shape, int size, int classes, byte[] pixels, int[] labels) {
        if ((long) size * shape.size() > pixels.length || size > labels.length) {
            throw new IllegalArgumentException(size + " images of " + shape + " do not fit into " + pixels.length
                    + " pixel bytes and " + labels.length + " labels");
        }
        this.shape = shape;
        this.size = size;
        this.classes = classes;
        this.pixels = pixels;
        this.labels = labels;
    }

    /** As {@link #ImageSet(ImageShape, int, int, byte[], int[])}, with labels in unsigned bytes, which are copied. */
    public ImageSet(ImageShape shape, int size, int classes, byte[] pixels, byte[] labels) {
        this(shape, size, classes, pixels, unsigned(labels));
    }

    private static int[] unsigned(byte[] bytes) {
        int[] numbers = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            numbers[i] = bytes[i] & 0xff;
        }
        return numbers;
    }

    /** The shape of one image. */
    public ImageShape shape() {
        return shape;
    }

    /** The number of images. */
    public int size() {
        return size;
    }

    /** The number of classes. */
    public int classes() {
        return classes;
    }

    /** The pixels, {@code [size, height, width, channels]}, unsigned bytes; shared, not copied, possibly longer than needed. */
    public byte[] pixels() {
        return pixels;
    }

    /** The labels, {@code [size]}; shared, not copied, possibly longer than needed. */
    public int[] labels() {
        return labels;
    }

    /** The label of an image. */
    public int label(int image) {
        return labels[image];
    }

    /** The images at the given positions, in that order, in arrays of their own. */
    public ImageSet slice(int[] indices) {
        int imageSize = shape.size();
        byte[] somePixels = new byte[Math.multiplyExact(indices.length, imageSize)];
        int[] someLabels = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < 0 || indices[i] >= size) {
                throw new IndexOutOfBoundsException("Image " + indices[i] + " of " + size);
            }
            System.arraycopy(pixels, indices[i] * imageSize, somePixels, i * imageSize, imageSize);
            someLabels[i] = labels[indices[i]];
        }
        return new ImageSet(shape, indices.length, classes, somePixels, someLabels);
    }

    /** The first {@code limit} images, or all of them when {@code limit} is 0 or at least {@link #size()}. */
    public ImageSet first(int limit) {
        if (limit <= 0 || limit >= size) {
            return this;
        }
        // Copied, so that a smoke run on a few images does not hold the whole dataset in memory.
        return new ImageSet(
                shape, limit, classes, Arrays.copyOf(pixels, limit * shape.size()), Arrays.copyOf(labels, limit));
    }
}
