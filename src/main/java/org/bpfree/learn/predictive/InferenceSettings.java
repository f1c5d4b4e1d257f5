package org.bpfree.learn.predictive;

import org.bpfree.learn.LearnerSettings;

/** What plain and incremental predictive coding are told alike. */
public interface InferenceSettings extends LearnerSettings {
    /** Rounds of inference for each batch (T). */
    int rounds();

    /** Step of the states down their energy (gamma, lr_x). */
    double inferenceRate();

    /** Momentum of that step; it starts anew with each batch. */
    double inferenceMomentum();

    /** Which nodes have a state. */
    BlockStates states();
}
