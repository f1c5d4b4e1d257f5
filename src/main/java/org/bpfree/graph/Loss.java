package org.bpfree.graph;

import org.bpfree.tensor.Tensor;

/**
 * The losses of batches, and in which direction scores should move. Values and errors are those of single images, not averaged.
 *
 * <p>Classes may have weights: the loss of an image and its derivative are multiplied by the weight of its label. An image of two labels {@code
 * a} and {@code b} in shares {@code p} and {@code 1 - p} has the loss {@code p w[a] L(s, a) + (1 - p) w[b] L(s, b)}, and that derivative.
 */
public final class Loss {
    private final LossFunction function;
    private final int classes;
    private final double[] weights; // of the classes; null for 1
    private final double[] spare; // [classes]
    private double[] scores = {};

    /** A loss over the given number of classes. */
    public Loss(LossFunction function, int classes) {
        this(function, classes, null);
    }

    private Loss(LossFunction function, int classes, double[] weights) {
        this.function = function;
        this.classes = classes;
        this.weights = weights;
        this.spare = new double[classes];
    }

    /**
     * The same loss with weights.
     *
     * @param classWeights one a class; 0 or more
     */
    public Loss weighted(double[] classWeights) {
        if (classWeights.length != classes) {
            throw new IllegalArgumentException(classWeights.length + " weights of " + classes + " classes");
        }
        return new Loss(function, classes, classWeights.clone());
    }

    /** The same loss with memory of its own. */
    public Loss another() {
        return new Loss(function, classes, weights);
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

    /** As {@link #evaluate(Tensor, Targets, Tensor, Predictions)}, for labels alone, where nobody wants the predictions. */
    public Result evaluate(Tensor output, int[] labels, Tensor error) {
        return evaluate(output, Targets.of(labels), error, null);
    }

    /**
     * Losses of a batch, and the derivative of each image's loss by its scores.
     *
     * @param output class scores {@code [batch, classes]}
     * @param targets what each image is to be taken for; its label counts as correct
     * @param error written, {@code [batch, classes]}, such as softmax(scores) - one-hot(label); null when only the losses are wanted
     * @param predictions written; null when they are not wanted
     */
    public Result evaluate(Tensor output, Targets targets, Tensor error, Predictions predictions) {
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
            int label = targets.labels()[image];
            correct += prediction == label && !Double.isNaN(scores[from + label]) ? 1 : 0;
            if (predictions != null) {
                predictions.classes()[image] = prediction;
                predictions.ranks()[image] = prediction == label ? 0 : rank(from, label);
            }
            sum += targets.isOne(image)
                    ? ofLabel(from, label)
                    : ofTwo(from, label, targets.others()[image], targets.shares()[image]);
        }
        if (error != null) {
            error.write(0, scores, 0, batch * classes);
        }
        return new Result(sum, correct, batch);
    }

    private double ofLabel(int from, int label) {
        double loss = function.ofImage(scores, from, classes, label);
        double weight = weight(label);
        for (int k = 0; weight != 1 && k < classes; k++) {
            scores[from + k] *= weight;
        }
        return weight * loss;
    }

    private double ofTwo(int from, int label, int other, double share) {
        System.arraycopy(scores, from, spare, 0, classes);
        double one = share * weight(label);
        double two = (1 - share) * weight(other);
        double loss =
                one * function.ofImage(spare, 0, classes, label) + two * function.ofImage(scores, from, classes, other);
        for (int k = 0; k < classes; k++) {
            scores[from + k] = one * spare[k] + two * scores[from + k];
        }
        return loss;
    }

    private double weight(int label) {
        return weights == null ? 1 : weights[label];
    }

    /** How many scores are larger than the label's; all of them where that is NaN. */
    private int rank(int from, int label) {
        int larger = 0;
        for (int k = 0; k < classes; k++) {
            larger += k != label && !(scores[from + k] < scores[from + label]) && !isTie(from, k, label) ? 1 : 0;
        }
        return larger;
    }

    /** Of equal scores the first counts as the larger one, as for the prediction. */
    private boolean isTie(int from, int k, int label) {
        return scores[from + k] == scores[from + label] && k > label;
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
