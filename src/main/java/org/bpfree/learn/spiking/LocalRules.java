package org.bpfree.learn.spiking;

import java.util.Arrays;

/**
 * The rules by which a unit turns errors of its trace into a learning signal. Each object has scratch of its own and belongs to one loop.
 */
final class LocalRules {
    private static final double LARGEST_TIMING = 8;

    private final NeuronSettings neuron;
    private final int steps;
    private final double leak;
    private final double traceLeft;
    private final double traceRate;
    private final double threshold;
    private final Surrogate surrogate;
    private final double[] slope;
    private final double[] carried;
    private final double[][] trace;

    /** Rules for pieces of up to {@code length} units. */
    LocalRules(NeuronSettings neuron, int length) {
        this.neuron = neuron;
        steps = neuron.steps();
        leak = neuron.leak();
        traceLeft = neuron.traceLeft();
        traceRate = 1 / neuron.synapseTime();
        threshold = neuron.threshold();
        surrogate = new Surrogate(neuron);
        slope = new double[length];
        carried = new double[length];
        trace = new double[steps][length];
    }

    /** {@code e[t] -> q[t] = e[t] / tau_s + beta q[t+1]}: the adjoint of the trace, in place. For apical compartments {@code v = -q}. */
    private void filterBackwards(double[][] e, int n) {
        scale(e[steps - 1], n);
        for (int t = steps - 2; t >= 0; t--) {
            double[] now = e[t];
            double[] next = e[t + 1];
            for (int i = 0; i < n; i++) {
                now[i] = traceRate * now[i] + traceLeft * next[i];
            }
        }
    }

    private void scale(double[] e, int n) {
        for (int i = 0; i < n; i++) {
            e[i] *= traceRate;
        }
    }

    /** {@code delta = f(u) q}, at each step alone. */
    void surrogate(double[][] e, double[][] u, int n) {
        filterBackwards(e, n);
        gate(e, u, n);
    }

    /** {@code e[t] -> f(u[t]) e[t]}. */
    private void gate(double[][] e, double[][] u, int n) {
        for (int t = 0; t < steps; t++) {
            surrogate.slopes(u[t], slope, n);
            multiply(e[t], slope, n);
        }
    }

    private static void multiply(double[] x, double[] factors, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= factors[i];
        }
    }

    /**
     * {@code e[t] -> e[t] gbar[t]} with {@code gbar[t] = sum over k of eps[k] f(u[t-k])}: what a unit can send down at step {@code t} without
     * knowing later errors.
     */
    void causal(double[][] e, double[][] u, int n) {
        Arrays.fill(carried, 0);
        for (int t = 0; t < steps; t++) {
            surrogate.slopes(u[t], slope, n);
            double[] now = e[t];
            for (int i = 0; i < n; i++) {
                carried[i] = traceLeft * carried[i] + traceRate * slope[i];
                now[i] *= carried[i];
            }
        }
    }

    /** {@code delta[t] = f(u[t]) q[t] + alpha (1 - s[t]) delta[t+1]}: back through the leak, the reset taken as given. */
    void throughTime(double[][] e, double[][] u, int n) {
        filterBackwards(e, n);
        gate(e, u, n);
        for (int t = steps - 2; t >= 0; t--) {
            double[] now = e[t];
            double[] next = e[t + 1];
            double[] potential = u[t];
            for (int i = 0; i < n; i++) {
                now[i] += leak * (1 - Neurons.spike(potential[i] - threshold)) * next[i];
            }
        }
    }

    /**
     * The exact gradient of the smooth model, with the dependence of the reset on the spike: {@code delta[t] = s'(u) (q - alpha u delta[t+1])
     * + alpha (1 - s) delta[t+1]}.
     */
    void smooth(double[][] e, double[][] u, int n) {
        filterBackwards(e, n);
        double width = neuron.surrogateWidth();
        for (int t = steps - 1; t >= 0; t--) {
            for (int i = 0; i < n; i++) {
                double spike = 1 / (1 + Math.exp((threshold - u[t][i]) / width));
                double slopeOfSpike = spike * (1 - spike) / width;
                double later = t == steps - 1 ? 0 : leak * e[t + 1][i];
                e[t][i] = slopeOfSpike * (e[t][i] - u[t][i] * later) + (1 - spike) * later;
            }
        }
    }

    /**
     * The rule of TSSL-BP as its released code has it (functions/tsslbp.py; spiking-microcircuit.md, section 3, R-tssl): derivatives of
     * spike times, and the surrogate where a unit is nearly silent, {@code a < 1 / (4 tau_s)}. It is the gradient of nothing.
     */
    void spikeTiming(double[][] e, double[][] u, int n) {
        filterBackwards(e, n);
        traces(u, n);
        double silent = traceRate / 4;
        Arrays.fill(carried, 0);
        for (int t = steps - 1; t >= 0; t--) {
            surrogate.slopes(u[t], slope, n);
            for (int i = 0; i < n; i++) {
                double spike = Neurons.spike(u[t][i] - threshold);
                double before = t == 0 ? 0 : u[t - 1][i];
                double rest = before - before * Neurons.spike(before - threshold);
                double increment = u[t][i] - rest; // positive wherever there is a spike
                double timing = spike == 0 ? 0 : -Math.min(1 / increment, LARGEST_TIMING);
                double signal = -timing * e[t][i];
                double kept = leak * (1 - spike) * carried[i];
                if (t < steps - 1) {
                    signal += -carried[i] * u[t][i] * (1 - leak) * timing + kept;
                }
                carried[i] = signal * spike + kept;
                e[t][i] = trace[t][i] < silent ? slope[i] * e[t][i] : signal;
            }
        }
    }

    private void traces(double[][] u, int n) {
        for (int t = 0; t < steps; t++) {
            double[] now = trace[t];
            for (int i = 0; i < n; i++) {
                double last = t == 0 ? 0 : trace[t - 1][i];
                now[i] = last + (Neurons.spike(u[t][i] - threshold) - last) * traceRate;
            }
        }
    }
}
