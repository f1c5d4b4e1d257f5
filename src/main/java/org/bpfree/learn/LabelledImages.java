package org.bpfree.learn;

import java.util.HashMap;
import java.util.Map;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * One batch in the memory that passes are bound to: images {@code [batch, height, width, channels]} and their labels. Batches of any
 * size up to the capacity share the memory.
 */
public final class LabelledImages {
    private final Tensor images;
    private final int[] labels;

    private LabelledImages(Tensor images, int[] labels) {
        this.images = images;
        this.labels = labels;
    }

    /** The images, normalized. */
    public Tensor images() {
        return images;
    }

    /** The label of each image, 0-based; may be longer than the batch. */
    public int[] labels() {
        return labels;
    }

    /** Number of images. */
    public int size() {
        return images.shape().extent(0);
    }

    /** The memory behind the batches of a run. */
    public static final class Slot {
        private final Tensor memory;
        private final int[] labels;
        private final Map<Integer, LabelledImages> bySize = new HashMap<>();

        /** Memory for up to {@code capacity} images. */
        public Slot(Precision precision, int capacity, Shape image) {
            memory = Tensor.zeros(precision, image.batched(capacity));
            labels = new int[capacity];
        }

        /** The view of the first {@code size} images; equal sizes give the same object. */
        public LabelledImages batch(int size) {
            return bySize.computeIfAbsent(size, n -> new LabelledImages(memory.first(n), labels));
        }

        /**
         * Fills the slot and returns the view of what was filled.
         *
         * @param pixels {@code [size, height, width, channels]} in row-major order
         */
        public LabelledImages fill(float[] pixels, int[] pixelLabels, int size) {
            LabelledImages batch = batch(size);
            batch.images.writeFloats(pixels);
            System.arraycopy(pixelLabels, 0, labels, 0, size);
            return batch;
        }

        /** Largest batch. */
        public int capacity() {
            return labels.length;
        }
    }
}
