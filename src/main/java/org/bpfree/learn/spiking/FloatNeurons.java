package org.bpfree.learn.spiking;

import java.util.Arrays;
import org.bpfree.tensor.Tensor;

/** {@link Neurons} that spike, in single precision: the same equations on arrays that need no conversion. */
final class FloatNeurons extends TimeLoop {
    /** Makes a step of the smallest positive difference of two potentials. */
    private static final float STEEP = 1e30f;

    private final Tensor drive;
    private final double[] scale;
    private final Tensor potentials;
    private final Tensor traces;
    private final float leak;
    private final float threshold;
    private final float traceRate;
    private final float[] still;
    private final float[] u;
    private final float[] post;
    private final float[] trace;

    FloatNeurons(NeuronSettings neuron, Tensor drive, double[] scale, Tensor potentials, Tensor traces) {
        super(potentials.size(), neuron.steps(), UNITS);
        this.drive = drive;
        this.scale = scale;
        this.potentials = potentials;
        this.traces = traces;
        leak = (float) neuron.leak();
        threshold = atMost(neuron.threshold());
        traceRate = (float) (1 / neuron.synapseTime());
        still = new float[length()];
        u = new float[length()];
        post = new float[length()];
        trace = new float[length()];
    }

    /** The largest number of single precision that does not exceed another: what exceeds the one exceeds the other. */
    private static float atMost(double number) {
        float nearest = (float) number;
        return nearest > number ? Math.nextDown(nearest) : nearest;
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
                scaleStill((float) scale[t], n);
            } else {
                read(drive, t, from, u, n);
            }
            advance(n);
            write(potentials, t, from, u, n);
            write(traces, t, from, trace, n);
        }
    }

    private void scaleStill(float factor, int n) {
        for (int i = 0; i < n; i++) {
            u[i] = factor * still[i];
        }
    }

    private void advance(int n) {
        for (int i = 0; i < n; i++) {
            float potential = u[i] + leak * post[i];
            float spike = Math.min(1, Math.max(0, (potential - threshold) * STEEP));
            u[i] = potential;
            post[i] = potential - potential * spike;
            trace[i] += (spike - trace[i]) * traceRate;
        }
    }
}
