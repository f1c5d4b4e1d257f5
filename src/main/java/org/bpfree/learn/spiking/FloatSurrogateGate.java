package org.bpfree.learn.spiking;

import java.util.Arrays;
import org.bpfree.tensor.Tensor;

/**
 * The {@link Gate} with {@link LocalRules#surrogate}, {@code delta[t] = f(u[t]) q[t]}, in single precision and one pass backwards in time. The
 * window {@code f} is exact to 1e-5 of its value.
 */
final class FloatSurrogateGate extends TimeLoop {
    private static final float LARGEST = 8;
    private static final float PART = 1f / 32;
    private static final float C2 = 1f / 2;
    private static final float C3 = C2 / 3;
    private static final float C4 = C3 / 4;
    private static final float C5 = C4 / 5;
    private static final float C6 = C5 / 6;

    private final Tensor errors;
    private final Tensor potentials;
    private final Tensor signals;
    private final double[] fold;
    private final float threshold;
    private final float perWidth;
    private final float traceLeft;
    private final float traceRate;
    private final float[] e;
    private final float[] u;
    private final float[] q;
    private final float[] folded;

    /** As {@link Gate#Gate}. */
    FloatSurrogateGate(NeuronSettings neuron, Tensor errors, Tensor potentials, Tensor signals, double[] fold) {
        super(errors.size(), neuron.steps(), UNITS);
        this.errors = errors;
        this.potentials = potentials;
        this.signals = signals;
        this.fold = fold;
        threshold = (float) neuron.threshold();
        perWidth = (float) (1 / neuron.surrogateWidth());
        traceLeft = (float) neuron.traceLeft();
        traceRate = (float) (1 / neuron.synapseTime());
        e = new float[length()];
        u = new float[length()];
        q = new float[length()];
        folded = new float[length()];
    }

    @Override
    void piece(int from, int n) {
        Arrays.fill(q, 0);
        Arrays.fill(folded, 0);
        for (int t = steps - 1; t >= 0; t--) {
            read(errors, t, from, e, n);
            read(potentials, t, from, u, n);
            gate(n);
            if (fold == null) {
                write(signals, t, from, e, n);
            } else {
                add((float) fold[t], n);
            }
        }
        if (fold != null) {
            write(signals, 0, from, folded, n);
        }
    }

    /** Replaces errors by signals, and moves q one step back in time. */
    private void gate(int n) {
        for (int i = 0; i < n; i++) {
            float x = Math.max(-LARGEST, -Math.abs((threshold - u[i]) * perWidth)) * PART;
            float power = 1 + x * (1 + x * (C2 + x * (C3 + x * (C4 + x * (C5 + x * C6)))));
            power *= power;
            power *= power;
            power *= power;
            power *= power;
            power *= power;
            float filtered = traceRate * e[i] + traceLeft * q[i];
            q[i] = filtered;
            e[i] = filtered * power * perWidth / ((1 + power) * (1 + power));
        }
    }

    private void add(float factor, int n) {
        for (int i = 0; i < n; i++) {
            folded[i] += factor * e[i];
        }
    }
}
