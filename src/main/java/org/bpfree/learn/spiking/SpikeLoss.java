package org.bpfree.learn.spiking;

import java.util.Arrays;
import org.bpfree.tensor.Tensor;

/**
 * How far output traces are from what the labels ask for. Values are sums over the batch and over time.
 *
 * <ul>
 *   <li>{@code spike-train}: {@code E = 1/2 sum over t, i of (a[t,i] - d[t,i])^2}, a distance of van Rossum's kind, with {@code d} the
 *       filtered desired train for the label and 0 for the others.
 *   <li>{@code count}: {@code E = 1/(2T) sum over i of (c[i] - target[i])^2} with the summed trace {@code c}; a class that has more than
 *       asked (the label) or less than allowed (the others) counts as exact. The released code of TSSL-BP has its derivative.
 *   <li>{@code softmax}: cross-entropy of {@code softmax(c)}.
 * </ul>
 */
final class SpikeLoss {
    private final NeuronSettings neuron;
    private final ObjectiveSettings objective;
    private final int classes;
    private final double[] target;
    private double[] traces = {};
    private final double[] scores;

    SpikeLoss(SpikingSettings settings, int classes) {
        neuron = settings.neuron();
        objective = settings.objective();
        this.classes = classes;
        target = objective.target(neuron);
        scores = new double[classes];
    }

    /**
     * The loss of a batch.
     *
     * @param output traces {@code [steps * batch, classes]}
     * @param sums written: summed traces {@code [batch, classes]}, the scores of the classes
     * @param error written: the derivative by the traces, {@code [steps * batch, classes]}; null when only the loss is wanted
     */
    double evaluate(Tensor output, int[] labels, Tensor sums, Tensor error) {
        int batch = sums.shape().extent(0);
        if (traces.length < output.size()) {
            traces = new double[output.size()];
        }
        output.read(0, traces, 0, output.size());
        double loss = 0;
        for (int image = 0; image < batch; image++) {
            for (int i = 0; i < classes; i++) {
                scores[i] = 0;
                for (int t = 0; t < neuron.steps(); t++) {
                    scores[i] += traces[(t * batch + image) * classes + i];
                }
            }
            sums.write(image * classes, scores, 0, classes);
            loss += switch (objective.loss()) {
                case SPIKE_TRAIN -> spikeTrain(image, batch, labels[image]);
                case COUNT -> spread(count(labels[image]), image, batch);
                case SOFTMAX -> spread(softmax(labels[image]), image, batch);
            };
        }
        if (error != null) {
            error.write(0, traces, 0, output.size());
        }
        return loss;
    }

    /** The loss of an image whose output traces are the same for all classes, the best for all labels together. */
    double ofGuessing() {
        double wrong = 1 - 1.0 / classes;
        return switch (objective.loss()) {
            case SPIKE_TRAIN -> wrong * Arrays.stream(target).map(d -> d * d).sum() / 2;
            case COUNT -> {
                double apart = Math.max(0, objective.desiredCount() - objective.undesiredCount());
                yield wrong * apart * apart / (2 * neuron.steps());
            }
            case SOFTMAX -> Math.log(classes);
        };
    }

    /** Replaces traces by their differences from the target. */
    private double spikeTrain(int image, int batch, int label) {
        double sum = 0;
        for (int t = 0; t < neuron.steps(); t++) {
            int from = (t * batch + image) * classes;
            traces[from + label] -= target[t];
            for (int i = 0; i < classes; i++) {
                sum += traces[from + i] * traces[from + i];
            }
        }
        return sum / 2;
    }

    /** Writes the derivative by the scores, which is that by the trace of any step, over all steps. */
    private double spread(double loss, int image, int batch) {
        for (int t = 0; t < neuron.steps(); t++) {
            System.arraycopy(scores, 0, traces, (t * batch + image) * classes, classes);
        }
        return loss;
    }

    /** Replaces scores by their derivatives. */
    private double count(int label) {
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            double excess = i == label
                    ? Math.min(0, scores[i] - objective.desiredCount())
                    : Math.max(0, scores[i] - objective.undesiredCount());
            sum += excess * excess;
            scores[i] = excess / neuron.steps();
        }
        return sum / (2 * neuron.steps());
    }

    /** Replaces scores by their derivatives. */
    private double softmax(int label) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double own = scores[label] - largest;
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            scores[i] = Math.exp(scores[i] - largest);
            sum += scores[i];
        }
        for (int i = 0; i < classes; i++) {
            scores[i] /= sum;
        }
        scores[label] -= 1;
        return Math.log(sum) - own;
    }
}
