package org.bpfree.learn.predictive;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of incremental predictive coding.
 *
 * @param rounds rounds of inference for each batch (T), each followed by an update of the weights
 * @param inferenceRate step of the states (gamma, lr_x)
 * @param inferenceMomentum momentum of that step
 * @param states which nodes have a state
 */
@TypeName("incremental-pc")
@Doc("Incremental predictive coding: weights learn in every round of inference, arXiv 2212.00720.")
public record IncrementalPcSettings(
        @Doc("Rounds of inference for each batch (T), each followed by an update of the weights.")
        @Default("8")
        @Range(min = 1)
        int rounds,

        @Doc("Step of the states down their energy (lr_x).") @Default("0.5") @Range(min = 0, aboveMin = true)
        double inferenceRate,

        @Doc("Momentum of that step; it starts anew with each batch.") @Default("0") @Range(min = 0, max = 0.999)
        double inferenceMomentum,

        @Doc("Which nodes have a state.") @Default("blocks") BlockStates states)
        implements InferenceSettings {}
