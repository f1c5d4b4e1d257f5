package org.bpfree.measure.oracle;

import org.bpfree.graph.LossName;

/**
 * Losses of class scores {@code s} and their derivatives, by definition: {@code -log softmax(s)[label]} with {@code softmax(s) - onehot(label)},
 * {@code 1/2 |s - onehot(label)|^2} with {@code s - onehot(label)}, and {@code -log sigma(s)} of the label plus {@code -log(1 - sigma(s))} of the
 * others with {@code sigma(s) - onehot(label)}, {@code sigma} the logistic function.
 */
final class NaiveLoss {
    private NaiveLoss() {}

    /** The loss summed over the images; scores are {@code [batch, classes]}. */
    static double sum(LossName loss, double[] scores, int[] labels) {
        int classes = scores.length / labels.length;
        double sum = 0;
        for (int image = 0; image < labels.length; image++) {
            sum += switch (loss) {
                case CROSS_ENTROPY -> -Math.log(softmax(scores, image * classes, classes)[labels[image]]);
                case BINARY_CROSS_ENTROPY -> {
                    double ofClasses = 0;
                    for (int k = 0; k < classes; k++) {
                        double score = scores[image * classes + k];
                        ofClasses += Math.log1p(Math.exp(k == labels[image] ? -score : score));
                    }
                    yield ofClasses;
                }
                case SQUARED_ERROR -> {
                    double half = 0;
                    for (int k = 0; k < classes; k++) {
                        double distance = scores[image * classes + k] - (k == labels[image] ? 1 : 0);
                        half += distance * distance / 2;
                    }
                    yield half;
                }
            };
        }
        return sum;
    }

    /** The derivative of each image's loss by its scores. */
    static double[] derivative(LossName loss, double[] scores, int[] labels) {
        int classes = scores.length / labels.length;
        double[] derivative = new double[scores.length];
        for (int image = 0; image < labels.length; image++) {
            double[] shares = softmax(scores, image * classes, classes);
            for (int k = 0; k < classes; k++) {
                int at = image * classes + k;
                double guess =
                        switch (loss) {
                            case CROSS_ENTROPY -> shares[k];
                            case SQUARED_ERROR -> scores[at];
                            case BINARY_CROSS_ENTROPY -> 1 / (1 + Math.exp(-scores[at]));
                        };
                derivative[at] = guess - (k == labels[image] ? 1 : 0);
            }
        }
        return derivative;
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
