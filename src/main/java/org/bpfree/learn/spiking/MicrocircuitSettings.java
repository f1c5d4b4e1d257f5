package org.bpfree.learn.spiking;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of the spiking cortical microcircuit.
 *
 * @param feedback what carries errors from area to area
 * @param rule how the apical potential becomes a learning signal
 * @param errorCells whether error cells carry numbers or spikes
 * @param errorQuantum what one spike of an error cell stands for, as a share of the largest error of the layer in the batch
 * @param causal whether errors sent down use what is known at their step only
 * @param daleSplit whether feedback is computed with non-negative factors only
 * @param neuron the units
 * @param objective what is asked of the output trains
 */
@TypeName("spiking-microcircuit")
@Doc(
        "Spiking cortical microcircuit, wired by this project: apical errors through sign-concordant feedback, updates of three factors.")
public record MicrocircuitSettings(
        @Doc("What carries errors from area to area.") @Default("frsf")
        Feedback feedback,

        @Doc("How the apical potential becomes a learning signal.") @Default("surrogate")
        Rule rule,

        @Doc("Whether error cells carry numbers or spikes.") @Default("analog")
        ErrorCells errorCells,

        @Doc(
                "With errorCells: spiking, what one spike stands for, as a share of the largest error of the layer in the batch.")
        @Default("0.0625")
        @Range(min = 0, aboveMin = true, max = 1)
        double errorQuantum,

        @Doc(
                "Whether errors sent down use only what is known at their step, and not what comes after it; needs rule: surrogate.")
        @Default("false")
        boolean causal,

        @Doc(
                "Compute feedback from non-negative factors, as cells do: equal up to rounding, at four times the products.")
        @Default("false")
        boolean daleSplit,

        @Doc(SpikingSettings.NEURON) @Default("{}") NeuronSettings neuron,

        @Doc(SpikingSettings.OBJECTIVE) @Default("{}") ObjectiveSettings objective)
        implements SpikingSettings {
    /** What carries errors from area to area. */
    public enum Feedback {
        @Doc("Random sizes drawn once, with the signs of the weights.")
        FRSF,
        @Doc("One size a layer, with the signs of the weights.")
        USF,
        @Doc("Random sizes drawn for each batch, with the signs of the weights.")
        BRSF,
        @Doc("Fixed random weights: the control without agreement of signs.")
        FA,
        @Doc("The weights themselves: backpropagation with the same rule.")
        WEIGHTS,
        @Doc("None; only the output area learns.")
        SHALLOW
    }

    /** How the apical potential becomes a learning signal. */
    public enum Rule {
        @Doc("Gated by a window around the threshold at each step alone.")
        SURROGATE,
        @Doc("Derivatives of spike times, as in the released code of TSSL-BP.")
        SPIKE_TIMING
    }

    /** Whether error cells carry numbers or spikes. */
    public enum ErrorCells {
        @Doc("Numbers.")
        ANALOG,
        @Doc("Spikes of integrate-and-fire cells.")
        SPIKING
    }

    /** Checks what goes together. */
    public MicrocircuitSettings {
        objective.require(neuron);
        if (causal && rule != Rule.SURROGATE) {
            throw new InvalidSetting(
                    "causal",
                    "true needs rule: surrogate: spike times are told from what comes after them. Set one of the two.");
        }
    }
}
