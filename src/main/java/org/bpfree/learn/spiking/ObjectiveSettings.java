package org.bpfree.learn.spiking;

import java.util.List;
import java.util.stream.IntStream;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.Range;

/**
 * The block {@code objective} of a spiking learner: how far the trains of the output units are from what the label asks for. It takes the
 * place of the experiment's loss.
 *
 * @param loss which distance
 * @param desiredTrain spikes asked of the unit of the label, 0 or 1 a step; empty for the default train
 * @param targetFilter how often the desired train is filtered
 * @param desiredCount summed trace asked of the unit of the label
 * @param undesiredCount summed trace allowed to the others
 */
public record ObjectiveSettings(
        @Doc("Which distance of output trains from the label is learned.") @Default("spike-train")
        Distance loss,

        @Doc(
                "Spikes asked of the unit of the label, 0 or 1 a step; [] for 0, 1, 1, ... below 10 steps and 0, 1, 0, 1, ... from 10 on.")
        @Default("[]")
        List<Integer> desiredTrain,

        @Doc("How often the desired train is filtered: 1, or 2 as in the released code of TSSL-BP.")
        @Default("1")
        @Range(min = 1, max = 2)
        int targetFilter,

        @Doc("With loss: count, the summed trace asked of the unit of the label.") @Default("4") @Range(min = 0)
        double desiredCount,

        @Doc("With loss: count, the summed trace allowed to the other units.") @Default("1") @Range(min = 0)
        double undesiredCount) {
    private static final int ALTERNATE_FROM = 10;

    /** A distance of output trains from the label. */
    public enum Distance {
        @Doc("Squared distance of the output traces from the filtered desired train (van Rossum).")
        SPIKE_TRAIN,
        @Doc(
                "Squared distance of the summed traces from counts, over the steps; nothing where a class is beyond its count.")
        COUNT,
        @Doc("Cross-entropy of the softmax of the summed traces.")
        SOFTMAX
    }

    /** Checks that the train is one of spikes. */
    public ObjectiveSettings {
        if (desiredTrain.stream().anyMatch(spike -> spike != 0 && spike != 1)) {
            throw new InvalidSetting(
                    "desiredTrain",
                    desiredTrain + " holds numbers other than 0 and 1: spike, or no spike, at each step.");
        }
    }

    /** Checks that the train is as long as time. */
    void require(NeuronSettings neuron) {
        if (!desiredTrain.isEmpty() && desiredTrain.size() != neuron.steps()) {
            throw new InvalidSetting(
                    "objective",
                    "desiredTrain has " + desiredTrain.size() + " steps, but neuron.steps is " + neuron.steps()
                            + ". Give one number a step, or [] for the default train.");
        }
    }

    /** The trace asked of the unit of the label at each step. */
    double[] target(NeuronSettings neuron) {
        double[] train = desiredTrain.isEmpty()
                ? IntStream.range(0, neuron.steps())
                        .mapToDouble(t -> neuron.steps() < ALTERNATE_FROM ? Math.min(t, 1) : t % 2)
                        .toArray()
                : desiredTrain.stream().mapToDouble(spike -> spike).toArray();
        double[] once = neuron.trace(train);
        return targetFilter == 1 ? once : neuron.trace(once);
    }
}
