package org.bpfree.learn.spiking;

import org.bpfree.learn.LearnerSettings;

/** What all learners of spiking networks can be told. */
public interface SpikingSettings extends LearnerSettings {
    /** Explains {@link #neuron}. */
    String NEURON = "The units: time, leak, threshold.";
    /** Explains {@link #objective}. */
    String OBJECTIVE = "What is asked of the output trains; takes the place of the experiment's loss.";

    /** The units. */
    NeuronSettings neuron();

    /** What is asked of the output trains. */
    ObjectiveSettings objective();
}
