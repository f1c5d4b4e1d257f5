package org.bpfree.learn.spiking;

import java.util.Arrays;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Leaky integrate-and-fire units of a layer over all steps (TSSL-BP, functions/tsslbp.py): with drive {@code I},
 *
 * <pre>
 *   u[t] = alpha post[t-1] + I[t]     s[t] = 1 if u[t] &gt; theta else 0
 *   post[t] = u[t] (1 - s[t])         a[t] = a[t-1] + (s[t] - a[t-1]) / tau_s
 * </pre>
 *
 * <p>The potential {@code u} before the reset is kept, since the spikes follow from it; the trace {@code a} is what other layers see.
 * In the smooth model {@code s = 1 / (1 + exp((theta - u) / width))} instead.
 */
final class Neurons extends TimeLoop {
    /** Makes a step of the smallest positive difference of two numbers: 1 above the threshold, 0 at it and below, without a branch. */
    private static final double STEEP = 1e300;

    private final Tensor drive;
    private final double[] scale;
    private final Tensor potentials;
    private final Tensor traces;
    private final boolean smooth;
    private final double leak;
    private final double threshold;
    private final double width;
    private final double traceRate;
    private final double[] still;
    private final double[] u;
    private final double[] post;
    private final double[] trace;

    /**
     * The units of a layer.
     *
     * @param drive {@code [steps * batch, ...]}, or {@code [batch, ...]} when it stands still but for a factor
     * @param scale the factor at each step on a drive that stands still, else null
     * @param potentials written, {@code [steps * batch, ...]}; may be the drive itself
     * @param traces written, {@code [steps * batch, ...]}
     */
    static Routine of(
            NeuronSettings neuron, boolean smooth, Tensor drive, double[] scale, Tensor potentials, Tensor traces) {
        // Spikes are told from kept potentials, which must decide alike: what is kept in single precision is computed
        // so.
        return potentials.precision() == Precision.FLOAT32 && !smooth
                ? new FloatNeurons(neuron, drive, scale, potentials, traces)
                : new Neurons(neuron, smooth, drive, scale, potentials, traces);
    }

    private Neurons(
            NeuronSettings neuron, boolean smooth, Tensor drive, double[] scale, Tensor potentials, Tensor traces) {
        super(potentials.size(), neuron.steps(), UNITS);
        this.drive = drive;
        this.scale = scale;
        this.potentials = potentials;
        this.traces = traces;
        this.smooth = smooth;
        leak = neuron.leak();
        threshold = neuron.threshold();
        width = neuron.surrogateWidth();
        traceRate = 1 / neuron.synapseTime();
        still = row();
        u = row();
        post = row();
        trace = row();
    }

    @Override
    void piece(int from, int n) {
        Arrays.fill(post, 0);
        Arrays.fill(trace, 0);
        if (scale != null) {
            read(drive, 0, from, still, n);
        }
        for (int t = 0; t < steps; t++) {
            if (scale != null) {
                integrateStill(scale[t], n);
            } else {
                read(drive, t, from, u, n);
                integrate(n);
            }
            write(potentials, t, from, u, n);
            if (smooth) {
                fireSmoothly(n);
            } else {
                fire(n);
            }
            write(traces, t, from, trace, n);
        }
    }

    private void integrate(int n) {
        for (int i = 0; i < n; i++) {
            u[i] += leak * post[i];
        }
    }

    private void integrateStill(double factor, int n) {
        for (int i = 0; i < n; i++) {
            u[i] = leak * post[i] + factor * still[i];
        }
    }

    private void fire(int n) {
        for (int i = 0; i < n; i++) {
            double spike = spike(u[i] - threshold);
            post[i] = u[i] - u[i] * spike;
            trace[i] += (spike - trace[i]) * traceRate;
        }
    }

    /** 1 for positive numbers, else 0; NaN for NaN. */
    static double spike(double aboveThreshold) {
        return Math.min(1, Math.max(0, aboveThreshold * STEEP));
    }

    private void fireSmoothly(int n) {
        for (int i = 0; i < n; i++) {
            double spike = 1 / (1 + Math.exp((threshold - u[i]) / width));
            post[i] = u[i] - u[i] * spike;
            trace[i] += (spike - trace[i]) * traceRate;
        }
    }
}
