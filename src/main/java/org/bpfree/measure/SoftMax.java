package org.bpfree.measure;

import java.util.Arrays;

/** Class scores as probabilities. */
public final class SoftMax {
    private SoftMax() {}

    /** The soft-max of scores: positive, adding up to 1. */
    public static double[] of(double[] scores) {
        double largest = Arrays.stream(scores).max().orElse(0);
        double[] shares =
                Arrays.stream(scores).map(score -> Math.exp(score - largest)).toArray();
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    /** The logistic sigmoid of each score: how probable each class is by itself, as networks trained with binary cross-entropy tell it. */
    public static double[] sigmoids(double[] scores) {
        return Arrays.stream(scores).map(score -> 1 / (1 + Math.exp(-score))).toArray();
    }

    /** The position of the largest number; the first of several. */
    public static int largest(double[] numbers) {
        int best = 0;
        for (int i = 1; i < numbers.length; i++) {
            if (numbers[i] > numbers[best]) {
                best = i;
            }
        }
        return best;
    }
}
