package org.bpfree.learn.spiking;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.TypeName;

/**
 * Settings of backpropagation on spiking networks.
 *
 * @param rule how errors pass through a unit and its time
 * @param neuron the units
 * @param objective what is asked of the output trains
 */
@TypeName("spiking-backprop")
@Doc("Backpropagation with surrogate derivatives on a spiking network; the baseline of spiking-microcircuit.")
public record SpikingBackpropSettings(
        @Doc("How errors pass through a unit and its time.") @Default("through-time")
        Rule rule,

        @Doc(SpikingSettings.NEURON) @Default("{}") NeuronSettings neuron,

        @Doc(SpikingSettings.OBJECTIVE) @Default("{}") ObjectiveSettings objective)
        implements SpikingSettings {
    /** How errors pass through a unit and its time. */
    public enum Rule {
        @Doc(
                "Surrogate derivative of the spike, and back through the leak of the membrane; the reset is taken as given.")
        THROUGH_TIME,
        @Doc("Surrogate derivative of the spike at each step alone.")
        SURROGATE,
        @Doc("Derivatives of spike times, as in the released code of TSSL-BP.")
        SPIKE_TIMING,
        @Doc(
                "Sigmoids in place of spikes, with their exact gradient through leak and reset: for checks, nothing spikes.")
        SMOOTH
    }

    /** Checks what goes together. */
    public SpikingBackpropSettings {
        objective.require(neuron);
    }
}
