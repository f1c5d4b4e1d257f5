package org.bpfree.measure.oracle;

import org.bpfree.graph.BinaryCrossEntropy;
import org.bpfree.graph.CrossEntropy;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.SquaredError;

/**
 * Losses of class scores {@code s} and their derivatives, by definition: {@code -log softmax(s)[label]} with {@code softmax(s) - onehot(label)} (smoothed labels in the place of one-hot ones),
 * {@code 1/2 |s - onehot(label)|^2} with {@code s - onehot(label)}, and {@code -log sigma(s)} of the label plus {@code -log(1 - sigma(s))} of the
 * others with {@code sigma(s) - onehot(label)}, {@code sigma} the logistic function.
 */
final class NaiveLoss {
    private NaiveLoss() {}

    /** Whether there is a formula of a loss. */
    static boolean knows(LossFunction loss) {
        return loss instanceof CrossEntropy || loss instanceof SquaredError || loss instanceof BinaryCrossEntropy;
    }

    /** The loss summed over the images; scores are {@code [batch, classes]}. */
    static double sum(LossFunction loss, double[] scores, int[] labels) {
        int classes = scores.length / labels.length;
        double sum = 0;
        for (int image = 0; image < labels.length; image++) {
            double[] shares = softmax(scores, image * classes, classes);
            for (int k = 0; k < classes; k++) {
                double score = scores[image * classes + k];
                boolean isLabel = k == labels[image];
                if (loss instanceof CrossEntropy entropy) {
                    double target = target(entropy, isLabel, classes);
                    sum -= target == 0 ? 0 : target * Math.log(shares[k]);
                } else if (loss instanceof BinaryCrossEntropy) {
                    sum += Math.log1p(Math.exp(isLabel ? -score : score));
                } else if (loss instanceof SquaredError) {
                    sum += Math.pow(score - (isLabel ? 1 : 0), 2) / 2;
                } else {
                    throw unknown(loss);
                }
            }
        }
        return sum;
    }

    /** The derivative of each image's loss by its scores. */
    static double[] derivative(LossFunction loss, double[] scores, int[] labels) {
        int classes = scores.length / labels.length;
        double[] derivative = new double[scores.length];
        for (int image = 0; image < labels.length; image++) {
            double[] shares = softmax(scores, image * classes, classes);
            for (int k = 0; k < classes; k++) {
                int at = image * classes + k;
                boolean isLabel = k == labels[image];
                if (loss instanceof CrossEntropy entropy) {
                    derivative[at] = shares[k] - target(entropy, isLabel, classes);
                } else if (loss instanceof SquaredError) {
                    derivative[at] = scores[at] - (isLabel ? 1 : 0);
                } else if (loss instanceof BinaryCrossEntropy) {
                    derivative[at] = 1 / (1 + Math.exp(-scores[at])) - (isLabel ? 1 : 0);
                } else {
                    throw unknown(loss);
                }
            }
        }
        return derivative;
    }

    /** {@code (1 - e) [is the label] + e / K}. */
    private static double target(CrossEntropy loss, boolean isLabel, int classes) {
        return (isLabel ? 1 - loss.labelSmoothing() : 0) + loss.labelSmoothing() / classes;
    }

    private static IllegalArgumentException unknown(LossFunction loss) {
        return new IllegalArgumentException("there is no formula for the loss " + loss.name());
    }

    /** {@code exp(s) / sum exp(s)} of one image. */
    static double[] softmax(double[] scores, int from, int classes) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            largest = Math.max(largest, scores[from + k]);
        }
        double sum = 0;
        double[] shares = new double[classes];
        for (int k = 0; k < classes; k++) {
            shares[k] = Math.exp(scores[from + k] - largest);
            sum += shares[k];
        }
        for (int k = 0; k < classes; k++) {
            shares[k] /= sum;
        }
        return shares;
    }
}
