package org.bpfree.data;

/**
 * Images and labels of one training step, in buffers that {@link BatchStream} allocates once and fills again and again. A batch is
 * valid until the next one is asked for.
 */
public final class Batch {
    /** The normalized images, {@code [size, height, width, channels]}, row-major; beyond {@code size} images, left-over numbers. */
    public final float[] images;

    /** The labels, {@code [size]}; beyond {@code size}, left-over numbers. */
    public final int[] labels;

    /** The label of the second image of mixtures, {@code [size]}; read where {@link #share} is below 1. */
    public final int[] others;

    /** The share of the first image, and of its label, in mixtures of two: one half to 1; 1 where images are not mixed. */
    public double share = 1;

    /** The number of images in this batch: the batch size, or less in the last batch of an epoch. Only the stream sets it. */
    public int size;

    Batch(int batchSize, ImageShape shape) {
        images = new float[Math.multiplyExact(batchSize, shape.size())];
        labels = new int[batchSize];
        others = new int[batchSize];
    }
}
