package org.bpfree.graph;

import org.bpfree.tensor.Tensor;

/** How far class scores are from the labels, and in which direction. Values and errors are those of single images, not averaged. */
public final class Loss {
    private final LossName name;
    private final int classes;
    private double[] scores = {};
    private int[] predictions = {};

    /** A loss over the given number of classes. */
    public Loss(LossName name, int classes) {
        this.name = name;
        this.classes = classes;
    }

    /**
     * What a batch cost.
     *
     * @param lossSum sum of the losses of the images
     * @param correct number of images whose largest score is that of the label
     * @param images number of images
     */
    public record Result(double lossSum, int correct, int images) {
        /** Nothing seen yet. */
        public static final Result NONE = new Result(0, 0, 0);

        /** Both together. */
        public Result plus(Result other) {
            return new Result(lossSum + other.lossSum, correct + other.correct, images + other.images);
        }

        /** Mean loss of an image; NaN when there is none. */
        public double meanLoss() {
            return lossSum / images;
        }

        /** Fraction of images classified correctly; NaN when there is none. */
        public double accuracy() {
            return (double) correct / images;
        }
    }

    /**
     * Losses of a batch, and the derivative of each image's loss by its scores.
     *
     * @param output class scores {@code [batch, classes]}
     * @param labels label of each image, 0-based
     * @param error written, {@code [batch, classes]}: softmax(scores) - one-hot(label), scores - one-hot(label), or sigmoid(scores) -
     *     one-hot(label); null when only the losses are wanted
     */
    public Result evaluate(Tensor output, int[] labels, Tensor error) {
        int batch = output.shape().extent(0);
        if (scores.length < batch * classes) {
            scores = new double[batch * classes];
            predictions = new int[batch];
        }
        output.read(0, scores, 0, batch * classes);
        double sum = 0;
        int correct = 0;
        for (int image = 0; image < batch; image++) {
            int from = image * classes;
            predictions[image] = largest(from);
            // A label whose score is NaN never counts as found.
            correct += predictions[image] == labels[image] && !Double.isNaN(scores[from + labels[image]]) ? 1 : 0;
            sum += switch (name) {
                case CROSS_ENTROPY -> crossEntropy(from, labels[image]);
                case SQUARED_ERROR -> squaredError(from, labels[image]);
                case BINARY_CROSS_ENTROPY -> binaryCrossEntropy(from, labels[image]);
            };
        }
        if (error != null) {
            error.write(0, scores, 0, batch * classes);
        }
        return new Result(sum, correct, batch);
    }

    /** The loss of an image where all classes are given the same score, the best for all labels together. */
    public double ofGuessing() {
        double others = 1 - 1.0 / classes;
        return switch (name) {
            case CROSS_ENTROPY -> Math.log(classes);
            // Half the squared distance of K scores 1 / K from a one-hot label is ((1 - 1/K)^2 + (K - 1) / K^2) / 2.
            case SQUARED_ERROR -> others / 2;
            // Every sigmoid is 1 / K.
            case BINARY_CROSS_ENTROPY -> Math.log(classes) - (classes - 1) * Math.log(others);
        };
    }

    /** The class with the largest score of an image of the batch evaluated last, the first one of equals. */
    public int prediction(int image) {
        return predictions[image];
    }

    private int largest(int from) {
        int largest = 0;
        for (int k = 1; k < classes; k++) {
            largest = scores[from + k] > scores[from + largest] ? k : largest;
        }
        return largest;
    }

    /** Replaces the scores of one image by softmax - one-hot and returns -log softmax at the label. */
    private double crossEntropy(int from, int label) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            largest = Math.max(largest, scores[from + k]);
        }
        double labelScore = scores[from + label];
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            scores[from + k] = Math.exp(scores[from + k] - largest);
            sum += scores[from + k];
        }
        for (int k = 0; k < classes; k++) {
            scores[from + k] /= sum;
        }
        scores[from + label] -= 1;
        return Math.log(sum) - (labelScore - largest);
    }

    /**
     * Replaces the scores of one image by sigmoid - one-hot and returns the sum of {@code -log sigmoid(s)} for the label and {@code -log(1 -
     * sigmoid(s))} for the others, as {@code log(1 + e^s) - s [is the label]}, which does not overflow.
     */
    private double binaryCrossEntropy(int from, int label) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            double score = scores[from + k];
            double small = Math.exp(-Math.abs(score));
            double target = k == label ? 1 : 0;
            sum += Math.max(score, 0) + Math.log1p(small) - target * score;
            scores[from + k] = (score >= 0 ? 1 : small) / (1 + small) - target;
        }
        return sum;
    }

    /** Replaces the scores of one image by scores - one-hot and returns half their squared norm. */
    private double squaredError(int from, int label) {
        scores[from + label] -= 1;
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            sum += scores[from + k] * scores[from + k];
        }
        return sum / 2;
    }
}
