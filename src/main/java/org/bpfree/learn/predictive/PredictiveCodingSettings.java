package org.bpfree.learn.predictive;

import java.util.List;
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
 * @param predictions whether predictions follow the states
 * @param variances variance sigma^2 of each state's error, the output's last; empty for 1 everywhere
 * @param precision how the weights of errors change from round to round
 * @param learning from which errors and activations the weights learn
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

        @Doc("On which side of its prediction the output is held.") @Default("positive")
        Nudging nudging,

        @Doc("How far from its prediction towards the target the output is held.")
        @Default("1")
        @Range(min = 0, aboveMin = true, max = 1)
        double beta,

        @Doc("Growth of beta with each epoch; at 1 positive and negative nudging are plain predictive coding.")
        @Default("0")
        @Range(min = 0)
        double betaPerEpoch,

        @Doc("Whether predictions follow the states.") @Default("moving")
        Predictions predictions,

        @Doc("Variance of each state's error, in the order of the network, the output's last; empty for 1 everywhere.")
        @Default("[]")
        @Range(min = 0, aboveMin = true)
        List<Double> variances,

        @Doc("How the weights of errors change from round to round.") @Default("constant")
        PrecisionSchedule precision,

        @Doc("From which errors and activations the weights learn.") @Default("settled")
        Learning learning)
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

    /** Whether predictions follow the states. */
    public enum Predictions {
        @Doc("As states move, so do the predictions and derivatives that are taken from them.")
        MOVING,
        @Doc(
                "Predictions and derivatives stay those of the forward pass (fixed-prediction assumption, arXiv 2006.04182).")
        FIXED
    }

    /** From which errors and activations the weights learn. */
    public enum Learning {
        @Doc("Both after the last move of the states.")
        SETTLED,
        @Doc("Errors before the last move, activations after it: one step apart.")
        APART,
        @Doc("Errors before the last move, activations of the forward pass (Torch2PC, 'Strict').")
        FORWARD
    }

    /** Whether the output is held at the target itself in every epoch. */
    boolean clamped() {
        return beta == 1 && nudging == Nudging.POSITIVE;
    }
}
