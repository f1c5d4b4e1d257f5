package org.bpfree.train;

import java.util.List;
import org.bpfree.learn.Trained;
import org.bpfree.optimizer.UpdateRule;
import org.bpfree.tensor.Tensor;

/**
 * Moves a range of the numbers of one tensor in single precision, in chunks that fit the first-level cache. Every loop reads and writes
 * arrays at one index, and so becomes vector instructions.
 */
final class FloatSliceMove implements SliceMove {
    private static final int CHUNK = 2048;
    private static final int MOST_SLOTS = 2;

    private final UpdateRule.Single rule;
    private final Tensor value;
    private final Tensor update;
    private final List<Tensor> slots;
    private final float[] w;
    private final float[] g;
    private final float[][] s;
    private final float[] zeros; // NaN where a number was not finite
    private final String name;

    /** Moves of numbers {@code from..to-1}. */
    FloatSliceMove(UpdateRule.Single rule, Trained trained, List<Tensor> slots, int from, int to) {
        this.rule = rule;
        value = trained.value().range(from, to - from);
        update = trained.update().range(from, to - from);
        this.slots = slots.stream().map(slot -> slot.range(from, to - from)).toList();
        name = trained.name();
        int chunk = Math.min(CHUNK, to - from);
        w = new float[chunk];
        g = new float[chunk];
        s = new float[MOST_SLOTS][chunk];
        zeros = new float[chunk];
    }

    @Override
    public void run(double factor, double rate, long step) {
        float scale = (float) factor;
        for (int from = 0; from < value.size(); from += w.length) {
            int n = Math.min(w.length, value.size() - from);
            value.read(from, w, 0, n);
            update.read(from, g, 0, n);
            for (int slot = 0; slot < slots.size(); slot++) {
                slots.get(slot).read(from, s[slot], 0, n);
            }
            multiply(g, scale, n);
            rule.apply(w, g, s[0], s[1], n, rate, step);
            watch(zeros, w, s[0], s[1], n);
            value.write(from, w, 0, n);
            for (int slot = 0; slot < slots.size(); slot++) {
                slots.get(slot).write(from, s[slot], 0, n);
            }
        }
    }

    private static void multiply(float[] g, float scale, int n) {
        for (int i = 0; i < n; i++) {
            g[i] *= scale;
        }
    }

    /** A number times 0 is 0 where it is finite, and else NaN, as is every sum with that. */
    private static void watch(float[] zeros, float[] w, float[] s, float[] t, int n) {
        for (int i = 0; i < n; i++) {
            zeros[i] += w[i] * 0 + s[i] * 0 + t[i] * 0;
        }
    }

    @Override
    public void requireFinite() {
        float sum = 0;
        for (float zero : zeros) {
            sum += zero;
        }
        if (Float.isNaN(sum)) {
            throw Divergence.ofStep(name);
        }
    }
}
