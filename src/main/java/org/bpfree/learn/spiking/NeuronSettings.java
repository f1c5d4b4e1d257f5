package org.bpfree.learn.spiking;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;

/**
 * The block {@code neuron} of a spiking learner: leaky integrate-and-fire units with an exponential synaptic trace. Defaults are those of
 * TSSL-BP (github.com/stonezwr/TSSL-BP, Networks/*.yaml).
 *
 * @param steps steps in time (T)
 * @param membraneTime time constant of the membrane in steps (tau_m)
 * @param synapseTime time constant of the trace in steps (tau_s)
 * @param threshold potential above which a unit spikes (theta)
 * @param surrogateWidth width of the window around the threshold in which a unit learns (a)
 */
public record NeuronSettings(
        @Doc("Steps in time (T).") @Default("5") @Range(min = 1)
        int steps,

        @Doc("Time constant of the membrane in steps (tau_m).") @Default("5") @Range(min = 1)
        double membraneTime,

        @Doc("Time constant of the synaptic trace in steps (tau_s).") @Default("3") @Range(min = 1)
        double synapseTime,

        @Doc("Potential above which a unit spikes (theta).") @Default("1") @Range(min = 0, aboveMin = true)
        double threshold,

        @Doc("Width of the window around the threshold in which a unit learns.")
        @Default("0.2")
        @Range(min = 0, aboveMin = true)
        double surrogateWidth) {
    /** What is left of a potential after a step, {@code alpha = 1 - 1 / tau_m}. */
    double leak() {
        return 1 - 1 / membraneTime;
    }

    /** What is left of a trace after a step, {@code beta = 1 - 1 / tau_s}. */
    double traceLeft() {
        return 1 - 1 / synapseTime;
    }

    /**
     * The trace of an input of 1 at every step, {@code 1 - beta^(t + 1)} at step {@code t}: images are shown at all steps and pass the
     * filter of a synapse, so that this times the image is what the first layers see.
     */
    double[] traceOfConstant() {
        double[] trace = new double[steps];
        for (int t = 0; t < steps; t++) {
            trace[t] = 1 - Math.pow(traceLeft(), t + 1);
        }
        return trace;
    }

    /** The trace of a train of spikes. */
    double[] trace(double[] train) {
        double[] trace = new double[train.length];
        double last = 0;
        for (int t = 0; t < train.length; t++) {
            last = traceLeft() * last + train[t] / synapseTime;
            trace[t] = last;
        }
        return trace;
    }
}
