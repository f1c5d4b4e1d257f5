package org.bpfree.measure.oracle;

import java.util.Arrays;
import org.bpfree.learn.spiking.ObjectiveSettings;
import org.bpfree.learn.spiking.SpikingSettings;

/**
 * What the traces of the output cost, {@code [steps * batch, classes]}: {@code 1/2 sum (a - d)^2} to the filtered desired train {@code d}
 * (spike-train), {@code 1/(2T) sum (c - target)^2} of summed traces {@code c} that miss their count (count), or the cross-entropy of
 * {@code softmax(c)} (softmax).
 */
final class NaiveSpikeLoss {
    private final ObjectiveSettings objective;
    private final int steps;
    private final double kept;
    private final int batch;

    NaiveSpikeLoss(SpikingSettings settings, int batch) {
        objective = settings.objective();
        steps = settings.neuron().steps();
        kept = 1 - 1 / settings.neuron().synapseTime();
        this.batch = batch;
    }

    private double[] filtered(double[] train) {
        double[] trace = new double[steps];
        for (int t = 0; t < steps; t++) {
            trace[t] = (t == 0 ? 0 : kept * trace[t - 1]) + (1 - kept) * train[t];
        }
        return trace;
    }

    private double[] desired() {
        double[] train = new double[steps];
        for (int t = 0; t < steps; t++) {
            train[t] = !objective.desiredTrain().isEmpty()
                    ? objective.desiredTrain().get(t)
                    : steps < 10 ? (t == 0 ? 0 : 1) : t % 2;
        }
        double[] trace = filtered(train);
        return objective.targetFilter() == 2 ? filtered(trace) : trace;
    }

    /** The loss summed over the images; writes the derivative by every trace. */
    double evaluate(double[] traces, int[] labels, double[] derivative) {
        int classes = traces.length / (steps * batch);
        double[] desired = desired();
        double loss = 0;
        for (int image = 0; image < batch; image++) {
            double[] sums = new double[classes];
            for (int t = 0; t < steps; t++) {
                for (int k = 0; k < classes; k++) {
                    sums[k] += traces[(t * batch + image) * classes + k];
                }
            }
            double[] bySum = new double[classes];
            switch (objective.loss()) {
                case SPIKE_TRAIN -> Arrays.fill(bySum, 0);
                case COUNT -> {
                    for (int k = 0; k < classes; k++) {
                        double miss = k == labels[image]
                                ? Math.min(0, sums[k] - objective.desiredCount())
                                : Math.max(0, sums[k] - objective.undesiredCount());
                        loss += miss * miss / (2 * steps);
                        bySum[k] = miss / steps;
                    }
                }
                case SOFTMAX -> {
                    bySum = NaiveLoss.softmax(sums, 0, classes);
                    loss -= Math.log(bySum[labels[image]]);
                    bySum[labels[image]] -= 1;
                }
            }
            for (int t = 0; t < steps; t++) {
                for (int k = 0; k < classes; k++) {
                    int at = (t * batch + image) * classes + k;
                    derivative[at] = bySum[k];
                    if (objective.loss() == ObjectiveSettings.Distance.SPIKE_TRAIN) {
                        derivative[at] = traces[at] - (k == labels[image] ? desired[t] : 0);
                        loss += derivative[at] * derivative[at] / 2;
                    }
                }
            }
        }
        return loss;
    }
}
