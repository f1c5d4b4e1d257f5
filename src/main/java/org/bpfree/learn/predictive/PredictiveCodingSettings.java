package org.bpfree.learn.predictive;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of predictive coding.
 *
 * @param rounds rounds of inference for each batch (T)
 * @param inferenceRate step of the states (gamma, lr_x)
 * @param inferenceMomentum momentum of that step
 * @param states which nodes have a state
 * @param nudging on which side of the prediction the output is held
 * @param beta how far from its prediction towards the target the output is held (beta)
 * @param betaPerEpoch growth of beta with each epoch, up to 1
 */
@TypeName("predictive-coding")
@Doc("Predictive coding: inference on the states, then one update of the weights, as in PCX (arXiv 2407.01163).")
public record PredictiveCodingSettings(
        @Doc("Rounds of inference for each batch (T).") @Default("8") @Range(min = 1)
        int rounds,

        @Doc("Step of the states down their energy (lr_x).") @Default("0.02") @Range(min = 0, aboveMin = true)
        double inferenceRate,

        @Doc("Momentum of that step; it starts anew with each batch.") @Default("0") @Range(min = 0, max = 0.999)
        double inferenceMomentum,

        @Doc("Which nodes have a state.") @Default("blocks") BlockStates states,

        @Doc("On which side of its prediction the output is held; all but positive need squared-error.")
        @Default("positive")
        Nudging nudging,

        @Doc("How far from its prediction towards the target the output is held; below 1 needs squared-error.")
        @Default("1")
        @Range(min = 0, aboveMin = true, max = 1)
        double beta,

        @Doc("Growth of beta with each epoch; at 1 positive and negative nudging are plain predictive coding.")
        @Default("0")
        @Range(min = 0)
        double betaPerEpoch)
        implements InferenceSettings {
    /** On which side of its prediction the output is held. */
    public enum Nudging {
        @Doc("Towards the target.")
        POSITIVE,
        @Doc("Away from the target; the update is turned round.")
        NEGATIVE,
        @Doc("Towards or away, drawn for each epoch.")
        CENTRED
    }

    /** Whether the output is held at the target itself in every epoch. */
    boolean clamped() {
        return beta == 1 && nudging == Nudging.POSITIVE;
    }
}
