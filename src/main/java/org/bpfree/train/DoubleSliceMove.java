package org.bpfree.train;

import java.util.List;
import org.bpfree.learn.Trained;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.optimizer.UpdateRule;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Tensor;

/** Moves a range of the numbers of one tensor in double precision, in chunks that fit the first-level cache. */
final class DoubleSliceMove implements SliceMove {
    private static final int CHUNK = 2048;
    private static final double NEXT_TO_ZERO = 1e-10;

    private final UpdateRule rule;
    private final boolean keepSigns;
    private final double limit; // of magnitude, or 0
    private final Tensor value;
    private final Tensor update;
    private final List<Tensor> slots;
    private final double[] w;
    private final double[] g;
    private final double[][] s;
    private final double[] before;
    private final String name;
    private final long largest; // bits of the largest number that the tensor can hold
    private long excess; // negative once a number was larger than that, or NaN

    /** Moves of numbers {@code from..to-1}. Ranges that do not overlap may move on different threads. */
    DoubleSliceMove(
            OptimizerSettings settings, UpdateRule rule, Trained trained, List<Tensor> slots, int from, int to) {
        this.rule = rule;
        boolean weights = trained.kind() == Trained.Kind.WEIGHTS;
        keepSigns = weights && settings.kind().keepsSigns();
        limit = weights ? settings.weightLimit() : 0;
        value = trained.value().range(from, to - from);
        update = trained.update().range(from, to - from);
        this.slots = slots.stream().map(slot -> slot.range(from, to - from)).toList();
        name = trained.name();
        largest =
                Double.doubleToRawLongBits(value.precision() == Precision.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE);
        int chunk = Math.min(CHUNK, to - from);
        w = new double[chunk];
        g = new double[chunk];
        s = new double[2][chunk];
        before = new double[chunk];
    }

    @Override
    public void run(double factor, double rate, long step) {
        for (int from = 0; from < value.size(); from += w.length) {
            int n = Math.min(w.length, value.size() - from);
            value.read(from, w, 0, n);
            update.read(from, g, 0, n);
            for (int i = 0; i < n; i++) {
                g[i] *= factor;
            }
            for (int slot = 0; slot < slots.size(); slot++) {
                slots.get(slot).read(from, s[slot], 0, n);
            }
            if (keepSigns) {
                System.arraycopy(w, 0, before, 0, n);
            }
            rule.apply(w, g, s[0], s[1], n, rate, step);
            limit(n);
            watch(w, n);
            value.write(from, w, 0, n);
            for (int slot = 0; slot < slots.size(); slot++) {
                watch(s[slot], n);
                slots.get(slot).write(from, s[slot], 0, n);
            }
        }
    }

    @Override
    public void requireFinite() {
        if (excess < 0) {
            throw Divergence.ofStep(name);
        }
    }

    /** Magnitudes are ordered as their bits are, with infinity and NaN last, so that a loop without branches finds them. */
    private void watch(double[] numbers, int n) {
        long found = excess;
        for (int i = 0; i < n; i++) {
            found |= largest - (Double.doubleToRawLongBits(numbers[i]) & Long.MAX_VALUE);
        }
        excess = found;
    }

    private void limit(int n) {
        for (int i = 0; i < n && keepSigns; i++) {
            // A weight that starts at zero has no sign to keep.
            w[i] = before[i] != 0 && before[i] * w[i] <= 0 ? Math.copySign(NEXT_TO_ZERO, before[i]) : w[i];
        }
        for (int i = 0; i < n && limit > 0; i++) {
            w[i] = Math.max(-limit, Math.min(limit, w[i]));
        }
    }
}
