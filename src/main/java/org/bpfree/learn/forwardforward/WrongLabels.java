package org.bpfree.learn.forwardforward;

import java.util.random.RandomGenerator;

/** Draws the labels of negative samples. */
@FunctionalInterface
interface WrongLabels {
    /**
     * Draws a label for each image of a batch.
     *
     * @param scores of the images without a label, {@code [images, classes]} in row-major order
     * @param labels of the images; may be longer
     * @param wrong written, one an image
     */
    void draw(double[] scores, int[] labels, RandomGenerator random, int[] wrong);

    /** Any class but the label, each with the same probability. */
    static WrongLabels uniform(int classes) {
        return (scores, labels, random, wrong) -> {
            for (int n = 0; n < wrong.length; n++) {
                int drawn = random.nextInt(classes - 1);
                wrong[n] = drawn < labels[n] ? drawn : drawn + 1;
            }
        };
    }

    /** The labels of the batch in another order: some may be right. */
    static WrongLabels permuted() {
        return (scores, labels, random, wrong) -> {
            System.arraycopy(labels, 0, wrong, 0, wrong.length);
            for (int n = wrong.length - 1; n > 0; n--) {
                int other = random.nextInt(n + 1);
                int label = wrong[n];
                wrong[n] = wrong[other];
                wrong[other] = label;
            }
        };
    }

    /** Any class but the label, with probabilities as the softmax of the scores has them (Hinton's Matlab code). */
    static WrongLabels hard(int classes) {
        double[] probabilities = new double[classes];
        return (scores, labels, random, wrong) -> {
            for (int n = 0; n < wrong.length; n++) {
                probabilities(scores, n * classes, labels[n], probabilities);
                double left = random.nextDouble();
                int drawn = labels[n] == 0 ? 1 : 0;
                for (int k = drawn; k < classes; k++) {
                    // The last one that has a probability is taken when rounding leaves a rest.
                    drawn = probabilities[k] > 0 && left >= 0 ? k : drawn;
                    left -= probabilities[k];
                }
                wrong[n] = drawn;
            }
        };
    }

    /**
     * The softmax of an image's scores without its label.
     *
     * @param from where the scores of the image begin
     * @param probabilities written, one a class
     */
    static void probabilities(double[] scores, int from, int label, double[] probabilities) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < probabilities.length; k++) {
            largest = k == label ? largest : Math.max(largest, scores[from + k]);
        }
        double sum = 0;
        for (int k = 0; k < probabilities.length; k++) {
            probabilities[k] = k == label ? 0 : Math.exp(scores[from + k] - largest);
            sum += probabilities[k];
        }
        for (int k = 0; k < probabilities.length; k++) {
            probabilities[k] /= sum;
        }
    }
}
