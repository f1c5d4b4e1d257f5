package org.bpfree.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Norm;
import org.bpfree.tensor.Tensor;

/** Applies the updates of a learner to all its tensors, the network's and its own alike. */
public final class Optimizer {
    private static final int CHUNK = 2048;
    private static final double NEXT_TO_ZERO = 1e-10;
    private static final String[] SLOT_NAMES = {"slot1/", "slot2/"};

    private final OptimizerSettings settings;
    private final UpdateRule rule;
    private final boolean noSignChange;
    private final List<Trained> trained;
    private final List<Norm> norms;
    private final List<List<Tensor>> slots = new ArrayList<>();
    private final double[] w = new double[CHUNK];
    private final double[] g = new double[CHUNK];
    private final double[][] s = new double[2][CHUNK];
    private final double[] before = new double[CHUNK];

    /** An optimizer with slots of its own for each tensor. */
    public Optimizer(OptimizerSettings settings, List<Trained> trained) {
        this.settings = settings;
        this.rule = UpdateRule.of(settings);
        this.noSignChange = settings instanceof OptimizerSettings.Sgd sgd && sgd.noSignChange();
        this.trained = List.copyOf(trained);
        this.norms = trained.stream().map(each -> new Norm(each.update())).toList();
        for (Trained each : trained) {
            List<Tensor> own = new ArrayList<>();
            for (int slot = 0; slot < rule.slots(); slot++) {
                own.add(Tensor.zeros(each.value().precision(), each.value().shape()));
            }
            slots.add(own);
        }
    }

    /**
     * Moves every tensor.
     *
     * @param scale factor on every update: 1 for sums over the batch, 1 / images for means
     * @param rate learning rate of this step
     * @param step number of this step, from 1
     * @return Euclidean norm of all scaled updates together, before clipping
     * @throws Divergence if an update is not finite; nothing has been changed then
     */
    public double apply(double scale, double rate, long step) {
        double square = 0;
        for (int i = 0; i < trained.size(); i++) {
            double ofTensor = norms.get(i).square();
            if (!Double.isFinite(ofTensor)) {
                throw new Divergence("the update of " + trained.get(i).name(), ofTensor);
            }
            square += ofTensor;
        }
        double norm = scale * Math.sqrt(square);
        double clip = settings.clipNorm();
        double factor = clip > 0 && norm > clip ? scale * clip / norm : scale;
        for (int i = 0; i < trained.size(); i++) {
            move(trained.get(i), slots.get(i), factor, rate, step);
        }
        return norm;
    }

    private void move(Trained each, List<Tensor> own, double factor, double rate, long step) {
        int size = each.value().size();
        double limit = each.kind() == Trained.Kind.WEIGHTS ? settings.weightLimit() : 0;
        boolean keepSigns = noSignChange && each.kind() == Trained.Kind.WEIGHTS;
        for (int from = 0; from < size; from += CHUNK) {
            int n = Math.min(CHUNK, size - from);
            each.value().read(from, w, 0, n);
            each.update().read(from, g, 0, n);
            for (int i = 0; i < n; i++) {
                g[i] *= factor;
            }
            for (int slot = 0; slot < own.size(); slot++) {
                own.get(slot).read(from, s[slot], 0, n);
            }
            System.arraycopy(w, 0, before, 0, n);
            rule.apply(w, g, s[0], s[1], n, rate, step);
            for (int i = 0; i < n && keepSigns; i++) {
                // A weight that starts at zero has no sign to keep.
                w[i] = before[i] != 0 && before[i] * w[i] <= 0 ? Math.copySign(NEXT_TO_ZERO, before[i]) : w[i];
            }
            for (int i = 0; i < n && limit > 0; i++) {
                w[i] = Math.max(-limit, Math.min(limit, w[i]));
            }
            each.value().write(from, w, 0, n);
            for (int slot = 0; slot < own.size(); slot++) {
                own.get(slot).write(from, s[slot], 0, n);
            }
        }
    }

    /** The slots by name, for checkpoints. */
    public Map<String, Tensor> slots() {
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (int i = 0; i < trained.size(); i++) {
            for (int slot = 0; slot < slots.get(i).size(); slot++) {
                named.put(SLOT_NAMES[slot] + trained.get(i).name(), slots.get(i).get(slot));
            }
        }
        return named;
    }
}
