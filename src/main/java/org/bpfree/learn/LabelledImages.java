package org.bpfree.learn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bpfree.graph.Targets;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * One batch in the memory that passes are bound to: images {@code [batch, height, width, channels]} and their labels. Batches of any
 * size up to the capacity share the memory.
 */
public final class LabelledImages {
    private final Tensor images;
    private final Targets targets;

    private LabelledImages(Tensor images, Targets targets) {
        this.images = images;
        this.targets = targets;
    }

    /** The images, normalized. */
    public Tensor images() {
        return images;
    }

    /** The label of each image, 0-based; may be longer than the batch. */
    public int[] labels() {
        return targets.labels();
    }

    /** What the images are to be taken for: their labels, or mixtures of two. */
    public Targets targets() {
        return targets;
    }

    /** Number of images. */
    public int size() {
        return images.shape().extent(0);
    }

    /** The memory behind the batches of a run. */
    public static final class Slot {
        private final Tensor memory;
        private final Targets targets;
        private final Map<Integer, LabelledImages> bySize = new HashMap<>();

        /** Memory for up to {@code capacity} images. */
        public Slot(Precision precision, int capacity, Shape image) {
            memory = Tensor.zeros(precision, image.batched(capacity));
            targets = new Targets(new int[capacity], new int[capacity], new double[capacity]);
            Arrays.fill(targets.shares(), 1);
        }

        /** The view of the first {@code size} images; equal sizes give the same object. */
        public LabelledImages batch(int size) {
            return bySize.computeIfAbsent(size, n -> new LabelledImages(memory.first(n), targets));
        }

        /**
         * Fills the slot and returns the view of what was filled.
         *
         * @param pixels {@code [size, height, width, channels]} in row-major order
         */
        public LabelledImages fill(float[] pixels, int[] pixelLabels, int size) {
            LabelledImages batch = batch(size);
            batch.images.writeFloats(pixels);
            System.arraycopy(pixelLabels, 0, targets.labels(), 0, size);
            Arrays.fill(targets.shares(), 0, size, 1);
            return batch;
        }

        /**
         * As {@link #fill(float[], int[], int)}, for images that are mixtures of two.
         *
         * @param others the label of the second
         * @param share that of the first, in all images
         */
        public LabelledImages fill(float[] pixels, int[] pixelLabels, int[] others, double share, int size) {
            LabelledImages batch = fill(pixels, pixelLabels, size);
            System.arraycopy(others, 0, targets.others(), 0, size);
            Arrays.fill(targets.shares(), 0, size, share);
            return batch;
        }

        /** Largest batch. */
        public int capacity() {
            return targets.labels().length;
        }
    }
}
