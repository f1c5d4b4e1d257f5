package org.bpfree.graph;

/**
 * What scores say of the images of a batch, in arrays that are written again and again.
 *
 * @param classes the class with the largest score of each image, the first one of equals
 * @param ranks how many classes have a larger score than the label, of each image; 0 where the label is found
 */
public record Predictions(int[] classes, int[] ranks) {
    /** Predictions of up to so many images. */
    public static Predictions of(int capacity) {
        return new Predictions(new int[capacity], new int[capacity]);
    }
}
