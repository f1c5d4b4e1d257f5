package org.bpfree.measure.oracle;

import org.bpfree.learn.spiking.MicrocircuitSettings;
import org.bpfree.learn.spiking.NeuronSettings;
import org.bpfree.learn.spiking.SpikingBackpropSettings;
import org.bpfree.learn.spiking.SpikingSettings;

/**
 * Leaky integrate-and-fire units and what they make of errors, one unit at a time. With drive {@code I}, {@code u[t] = alpha post[t-1] + I[t]},
 * {@code s = 1 if u > theta}, {@code post = u (1 - s)}, {@code a[t] = beta a[t-1] + s[t] / tau_s} (TSSL-BP, functions/tsslbp.py).
 * Arrays are {@code [steps * rest]}; unit {@code i} has its steps at {@code i}, {@code i + rest}, and so on.
 *
 * @param neuron time constants, threshold, width
 * @param rule how errors pass a unit
 * @param errorQuantum share of the largest error that a spike of an error cell stands for; 0 for cells that carry numbers
 */
record NaiveUnits(NeuronSettings neuron, Rule rule, double errorQuantum) {
    private static final double SURROGATE_LIMIT = 8;
    private static final double TIMING_LIMIT = 8;
    private static final double SERIES = 1e-10;

    /** How errors pass a unit. */
    enum Rule {
        SURROGATE,
        THROUGH_TIME,
        SPIKE_TIMING,
        SMOOTH
    }

    static NaiveUnits of(SpikingSettings settings) {
        if (settings instanceof MicrocircuitSettings circuit) {
            boolean spiking = circuit.errorCells() == MicrocircuitSettings.ErrorCells.SPIKING;
            return new NaiveUnits(
                    circuit.neuron(), Rule.valueOf(circuit.rule().name()), spiking ? circuit.errorQuantum() : 0);
        }
        SpikingBackpropSettings plain = (SpikingBackpropSettings) settings;
        return new NaiveUnits(plain.neuron(), Rule.valueOf(plain.rule().name()), 0);
    }

    private double alpha() {
        return 1 - 1 / neuron.membraneTime();
    }

    private double beta() {
        return 1 - 1 / neuron.synapseTime();
    }

    /** The trace of an input of 1 at every step. */
    double traceOfConstant(int step) {
        double trace = 0;
        for (int t = 0; t <= step; t++) {
            trace = beta() * trace + 1 / neuron.synapseTime();
        }
        return trace;
    }

    private double smoothSpike(double u) {
        return 1 / (1 + Math.exp((neuron.threshold() - u) / neuron.surrogateWidth()));
    }

    /** Turns drives into potentials before the reset, in place, and writes the traces. */
    void run(double[] potentials, double[] traces, double[] published, Arithmetic arithmetic) {
        int units = potentials.length / neuron.steps();
        double scale = Math.max(neuron.threshold(), Arithmetic.largest(potentials));
        for (int i = 0; i < units; i++) {
            double post = 0;
            double trace = 0;
            for (int at = i; at < potentials.length; at += units) {
                potentials[at] += alpha() * post;
                double spike = rule == Rule.SMOOTH
                        ? smoothSpike(potentials[at])
                        : spikes(potentials[at], scale, published, at, units, arithmetic) ? 1 : 0;
                post = potentials[at] * (1 - spike);
                trace = beta() * trace + spike / neuron.synapseTime();
                traces[at] = trace;
            }
        }
        arithmetic.round(traces);
    }

    /** Whether a unit spikes; at the threshold the learner's own trace tells. */
    private boolean spikes(double u, double scale, double[] published, int at, int units, Arithmetic arithmetic) {
        double own = Double.NaN;
        if (published != null) {
            double before = at < units ? 0 : published[at - units];
            own = published[at] - beta() * before - 0.5 / neuron.synapseTime();
        }
        return arithmetic.above(u - neuron.threshold(), scale, own);
    }

    /** The spikes that led to the potentials. */
    boolean[] spikes(double[] potentials, double[] published, Arithmetic arithmetic) {
        int units = potentials.length / neuron.steps();
        double scale = Math.max(neuron.threshold(), Arithmetic.largest(potentials));
        boolean[] spikes = new boolean[potentials.length];
        for (int at = 0; at < spikes.length; at++) {
            spikes[at] = spikes(potentials[at], scale, published, at, units, arithmetic);
        }
        return spikes;
    }

    /** Derivative of a logistic function around the threshold, its argument limited; learners have a series for it. */
    private double window(double u, Arithmetic arithmetic) {
        double z = (neuron.threshold() - u) / neuron.surrogateWidth();
        double e = Math.exp(Math.max(-SURROGATE_LIMIT, Math.min(SURROGATE_LIMIT, z)));
        return arithmetic.approximate(e / ((1 + e) * (1 + e) * neuron.surrogateWidth()), SERIES);
    }

    /** Errors as two integrate-and-fire cells a unit send them on, or as they are. */
    double[] throughErrorCells(double[] errors) {
        double[] sent = errors.clone();
        double quantum = errorQuantum * Arithmetic.largest(errors);
        int units = errors.length / neuron.steps();
        for (int i = 0; i < units && quantum > 0; i++) {
            double excess = 0;
            double deficit = 0;
            for (int at = i; at < errors.length; at += units) {
                excess += Math.max(0, errors[at]);
                deficit += Math.max(0, -errors[at]);
                double up = Math.floor(excess / quantum);
                double down = Math.floor(deficit / quantum);
                excess -= up * quantum;
                deficit -= down * quantum;
                sent[at] = quantum * (up - down);
            }
        }
        return sent;
    }

    /** {@code delta}, what a layer learns from: stands for the derivative by the drive. */
    double[] signals(double[] errors, double[] u, boolean[] spikes, Arithmetic arithmetic) {
        int units = errors.length / neuron.steps();
        double[] signals = new double[errors.length];
        for (int i = 0; i < units; i++) {
            double q = 0;
            double later = 0;
            for (int at = errors.length - units + i; at >= 0; at -= units) {
                q = errors[at] / neuron.synapseTime() + beta() * q;
                double spike = spikes[at] ? 1 : 0;
                switch (rule) {
                    case SURROGATE -> signals[at] = window(u[at], arithmetic) * q;
                    case THROUGH_TIME -> {
                        later = window(u[at], arithmetic) * q + alpha() * (1 - spike) * later;
                        signals[at] = later;
                    }
                    case SMOOTH -> {
                        double s = smoothSpike(u[at]);
                        double slope = s * (1 - s) / neuron.surrogateWidth();
                        later = slope * (q - alpha() * u[at] * later) + alpha() * (1 - s) * later;
                        signals[at] = later;
                    }
                    case SPIKE_TIMING -> {
                        double before = at < units ? 0 : u[at - units] * (spikes[at - units] ? 0 : 1);
                        double increment = u[at] - before;
                        double timing = -Math.min(TIMING_LIMIT, Math.max(0, 1 / increment)) * spike;
                        double leaked = alpha() * (1 - spike) * later;
                        double timed = leaked - timing * (q + later * u[at] * (1 - alpha()));
                        later = timed * spike + leaked;
                        boolean silent = trace(spikes, at, units) < 1 / (4 * neuron.synapseTime());
                        signals[at] = silent ? window(u[at], arithmetic) * q : timed;
                    }
                }
            }
        }
        return signals;
    }

    private double trace(boolean[] spikes, int at, int units) {
        double trace = 0;
        for (int t = at % units; t <= at; t += units) {
            trace = beta() * trace + (spikes[t] ? 1 : 0) / neuron.synapseTime();
        }
        return trace;
    }

    /** {@code e[t] gbar[t]} with {@code gbar[t] = sum over k of eps[k] f(u[t-k])}: what goes down without knowing later errors. */
    double[] causalSignals(double[] errors, double[] u, Arithmetic arithmetic) {
        int units = errors.length / neuron.steps();
        double[] signals = new double[errors.length];
        for (int i = 0; i < units; i++) {
            double gate = 0;
            for (int at = i; at < errors.length; at += units) {
                gate = beta() * gate + window(u[at], arithmetic) / neuron.synapseTime();
                signals[at] = errors[at] * gate;
            }
        }
        return signals;
    }
}
