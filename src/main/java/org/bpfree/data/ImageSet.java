package org.bpfree.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Images of one shape with their labels, as unsigned bytes in the order row, column, channel; the label of an image is between 0 and {@code
 * classes - 1}. The pixels lie in memory, or in a file that is mapped (see {@link MappedPixels}). A part of a set is a view of the same
 * pixels.
 *
 * <p>Arrays are shared, not copied, and nobody writes to them once the set is built.
 */
public final class ImageSet {
    private final ImageShape shape;
    private final int size;
    private final int classes;
    private final PixelStore pixels;
    private final int[] places; // [size]: where in the store each image lies, in images; null for 0, 1, 2, …
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
        this(shape, size, classes, new PixelStore.InMemory(pixels), labels);
    }

    /** As {@link #ImageSet(ImageShape, int, int, byte[], int[])}, with pixels that lie anywhere. */
    public ImageSet(ImageShape shape, int size, int classes, PixelStore pixels, int[] labels) {
        this(shape, size, classes, pixels, null, labels);
        if ((long) size * shape.size() > pixels.bytes() || size > labels.length) {
            throw new IllegalArgumentException(size + " images of " + shape + " do not fit into " + pixels.bytes()
                    + " pixel bytes and " + labels.length + " labels");
        }
    }

    private ImageSet(ImageShape shape, int size, int classes, PixelStore pixels, int[] places, int[] labels) {
        this.shape = shape;
        this.size = size;
        this.classes = classes;
        this.pixels = pixels;
        this.places = places;
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

    /** Bytes of all pixels. */
    public long bytes() {
        return (long) size * shape.size();
    }

    /** Whether pixels are read from a file when they are asked for, so that reading neighbours together is cheaper. */
    public boolean mapped() {
        return pixels.mapped();
    }

    /**
     * Copies the pixels of an image.
     *
     * @param out receives {@code [height, width, channels]} from {@code at} on
     */
    public void read(int image, byte[] out, int at) {
        if (image < 0 || image >= size) {
            throw new IndexOutOfBoundsException("Image " + image + " of " + size);
        }
        pixels.read((places == null ? image : places[image]) * (long) shape.size(), out, at, shape.size());
    }

    /** The pixels of some images that follow each other, {@code [count, height, width, channels]}, in an array of their own. */
    public byte[] read(int first, int count) {
        byte[] out = new byte[Math.multiplyExact(count, shape.size())];
        for (int i = 0; i < count; i++) {
            read(first + i, out, i * shape.size());
        }
        return out;
    }

    /**
     * The pixels of all images, {@code [size, height, width, channels]}: for sets that fit into memory.
     *
     * @throws ArithmeticException if they are more than an array can hold
     */
    public byte[] pixels() {
        boolean whole =
                places == null && pixels instanceof PixelStore.InMemory memory && memory.array().length == bytes();
        return whole ? ((PixelStore.InMemory) pixels).array() : read(0, size);
    }

    /** The labels, {@code [size]}; shared, not copied, possibly longer than needed. */
    public int[] labels() {
        return labels;
    }

    /** The label of an image. */
    public int label(int image) {
        return labels[image];
    }

    /** The images at the given positions, in that order: a view of the same pixels, which stay in memory as long as it does. */
    public ImageSet slice(int[] indices) {
        int[] somePlaces = new int[indices.length];
        int[] someLabels = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < 0 || indices[i] >= size) {
                throw new IndexOutOfBoundsException("Image " + indices[i] + " of " + size);
            }
            somePlaces[i] = places == null ? indices[i] : places[indices[i]];
            someLabels[i] = labels[indices[i]];
        }
        return new ImageSet(shape, indices.length, classes, pixels, somePlaces, someLabels);
    }

    /** The same images without what is around them in memory, so that a smoke run on a few does not hold the whole dataset. */
    public ImageSet detached() {
        return mapped() ? this : new ImageSet(shape, size, classes, read(0, size), Arrays.copyOf(labels, size));
    }

    /** The first {@code limit} images, or all of them when {@code limit} is 0 or at least {@link #size()}. */
    public ImageSet first(int limit) {
        return limit <= 0 || limit >= size
                ? this
                : slice(IntStream.range(0, limit).toArray()).detached();
    }
}
