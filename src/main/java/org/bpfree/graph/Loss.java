package org.bpfree.graph;

import org.bpfree.tensor.Tensor;

/** The losses of batches, and in which direction scores should move. Values and errors are those of single images, not averaged. */
public final class Loss {
    private final LossFunction function;
    private final int classes;
    private double[] scores = {};

    /** A loss over the given number of classes. */
    public Loss(LossFunction function, int classes) {
        this.function = function;
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

    /** As {@link #evaluate(Tensor, int[], Tensor, int[])}, where nobody wants the predictions. */
    public Result evaluate(Tensor output, int[] labels, Tensor error) {
        return evaluate(output, labels, error, null);
    }

    /**
     * Losses of a batch, and the derivative of each image's loss by its scores.
     *
     * @param output class scores {@code [batch, classes]}
     * @param labels label of each image, 0-based
     * @param error written, {@code [batch, classes]}, such as softmax(scores) - one-hot(label); null when only the losses are wanted
     * @param predictions written: the class with the largest score of each image, the first one of equals; null when they are not wanted
     */
    public Result evaluate(Tensor output, int[] labels, Tensor error, int[] predictions) {
        int batch = output.shape().extent(0);
        if (scores.length < batch * classes) {
            scores = new double[batch * classes];
        }
        output.read(0, scores, 0, batch * classes);
        double sum = 0;
        int correct = 0;
        for (int image = 0; image < batch; image++) {
            int from = image * classes;
            int prediction = largest(from);
            // A label whose score is NaN never counts as found.
            correct += prediction == labels[image] && !Double.isNaN(scores[from + labels[image]]) ? 1 : 0;
            if (predictions != null) {
                predictions[image] = prediction;
            }
            sum += function.ofImage(scores, from, classes, labels[image]);
        }
        if (error != null) {
            error.write(0, scores, 0, batch * classes);
        }
        return new Result(sum, correct, batch);
    }

    /** The loss of an image where all classes are given the same score, the best for all labels together. */
    public double ofGuessing() {
        return function.ofGuessing(classes);
    }

    private int largest(int from) {
        int largest = 0;
        for (int k = 1; k < classes; k++) {
            largest = scores[from + k] > scores[from + largest] ? k : largest;
        }
        return largest;
    }
}
