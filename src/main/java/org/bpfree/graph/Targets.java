package org.bpfree.graph;

/**
 * What the images of a batch are to be taken for: each for its label, or for its label and another one together, in shares. Arrays are shared
 * with whoever fills them, and may be longer than the batch.
 *
 * @param labels label of each image, 0-based
 * @param others another label of each image
 * @param shares share of the label of each image, 0 to 1; what is left is that of the other
 */
public record Targets(int[] labels, int[] others, double[] shares) {
    /** Targets of labels alone. */
    public static Targets of(int[] labels) {
        return new Targets(labels, null, null);
    }

    /** Whether an image is to be taken for its label alone. */
    boolean isOne(int image) {
        return shares == null || shares[image] == 1;
    }
}
