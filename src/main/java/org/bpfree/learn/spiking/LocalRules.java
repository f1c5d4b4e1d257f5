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
    private final double[] zeros;
    private final double[] spike;
    private final double[] timing;
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
        zeros = new double[length];
        spike = new double[length];
        timing = new double[length];
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
                double open = 1 / (1 + Math.exp((threshold - u[t][i]) / width));
                double slopeOfSpike = open * (1 - open) / width;
                double later = t == steps - 1 ? 0 : leak * e[t + 1][i];
                e[t][i] = slopeOfSpike * (e[t][i] - u[t][i] * later) + (1 - open) * later;
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
        Arrays.fill(carried, 0);
        for (int t = steps - 1; t >= 0; t--) {
            surrogate.slopes(u[t], slope, n);
            timings(u[t], t == 0 ? zeros : u[t - 1], n);
            spikeTiming(e[t], u[t], trace[t], n);
        }
    }

    /** {@code timing = -clip(1 / d, 0, 8) s}, with the increment {@code d} that led to the potential, which is positive at every spike. */
    private void timings(double[] now, double[] before, int n) {
        for (int i = 0; i < n; i++) {
            double rest = before[i] - before[i] * Neurons.spike(before[i] - threshold);
            timing[i] = -Math.min(LARGEST_TIMING, Math.max(0, 1 / (now[i] - rest)));
        }
        for (int i = 0; i < n; i++) {
            spike[i] = Neurons.spike(now[i] - threshold);
            timing[i] *= spike[i];
        }
    }

    /** One step. What is carried starts at zero, so the last step needs no case of its own. */
    private void spikeTiming(double[] e, double[] now, double[] traceNow, int n) {
        for (int i = 0; i < n; i++) {
            double kept = leak * (1 - spike[i]) * carried[i];
            timing[i] = kept - timing[i] * (e[i] + carried[i] * now[i] * (1 - leak));
            carried[i] = timing[i] * spike[i] + kept;
        }
        double silent = traceRate / 4;
        for (int i = 0; i < n; i++) {
            double nearlySilent = Neurons.spike(silent - traceNow[i]);
            e[i] = nearlySilent * slope[i] * e[i] + (1 - nearlySilent) * timing[i];
        }
    }

    private void traces(double[][] u, int n) {
        for (int t = 0; t < steps; t++) {
            advanceTrace(t == 0 ? zeros : trace[t - 1], u[t], trace[t], n);
        }
    }

    private void advanceTrace(double[] before, double[] potential, double[] now, int n) {
        for (int i = 0; i < n; i++) {
            now[i] = before[i] + (Neurons.spike(potential[i] - threshold) - before[i]) * traceRate;
        }
    }
}
