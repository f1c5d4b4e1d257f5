package org.bpfree.learn.predictive;

import java.util.List;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of error-based predictive coding.
 *
 * @param rounds moves of the errors for each batch (T)
 * @param errorRate step of the errors down the energy (lambda)
 * @param errorMomentum momentum of that step
 * @param states which nodes have a state
 * @param precision weight pi of each state's error; empty for 1 everywhere, one number for all
 * @param weightUpdate at which activations the weights learn
 * @param rescale whether updates below the output's block are multiplied by 1 / (lambda T)
 */
@TypeName("epc")
@Doc("Error-based predictive coding: the errors of the states are what moves, arXiv 2505.20137.")
public record EpcSettings(
        @Doc("Moves of the errors for each batch (T).") @Default("5") @Range(min = 1)
        int rounds,

        @Doc("Step of the errors down the energy (lambda).") @Default("0.001") @Range(min = 0, aboveMin = true)
        double errorRate,

        @Doc("Momentum of that step; it starts anew with each batch.") @Default("0") @Range(min = 0, max = 0.999)
        double errorMomentum,

        @Doc("Which nodes have a state.") @Default("blocks") BlockStates states,

        @Doc(
                "Weight of each state's error in the energy, in the order of the network; one number for all, empty for 1.")
        @Default("[]")
        @Range(min = 0, aboveMin = true)
        List<Double> precision,

        @Doc("At which activations the weights learn.") @Default("settled")
        WeightUpdate weightUpdate,

        @Doc(
                "Whether updates below the output's block are multiplied by 1 / (errorRate * rounds), to the size of gradients.")
        @Default("true")
        boolean rescale)
        implements LearnerSettings {
    /** At which activations the weights learn. */
    public enum WeightUpdate {
        @Doc("Those that the errors have moved.")
        SETTLED,
        @Doc("Those of the forward pass; with one round this is backpropagation.")
        FORWARD
    }

    /** The weight of a state's error, by its place among the states. */
    double precision(int state) {
        return precision.isEmpty() ? 1 : precision.get(precision.size() == 1 ? 0 : state);
    }

    /** What updates below the output's block are multiplied by. */
    double factor() {
        return rescale ? 1 / (errorRate * rounds) : 1;
    }
}
