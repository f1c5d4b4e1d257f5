package org.bpfree.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Norm;
import org.bpfree.tensor.Parallel;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/** Applies the updates of a learner to all its tensors, the network's and its own alike. */
public final class Optimizer {
    /** Numbers of which a thread should move as many at least: some 20 microseconds of work. */
    private static final int LEAST_SHARE = 1 << 13;

    private static final String[] SLOT_NAMES = {"slot1/", "slot2/"};

    private final OptimizerSettings settings;
    private final List<Trained> trained;
    private final List<Norm> norms;
    private final List<List<Tensor>> slots = new ArrayList<>();
    private final List<Move> shares = new ArrayList<>();
    private Routine moves = Routine.NOTHING;
    private double factor;
    private double rate;
    private long step;

    /** An optimizer with slots of its own for each tensor. */
    public Optimizer(OptimizerSettings settings, List<Trained> trained) {
        this.settings = settings;
        UpdateRule rule = UpdateRule.of(settings);
        this.trained = List.copyOf(trained);
        this.norms = trained.stream().map(each -> new Norm(each.update())).toList();
        for (Trained each : trained) {
            List<Tensor> own = new ArrayList<>();
            for (int slot = 0; slot < rule.slots(); slot++) {
                own.add(Tensor.zeros(each.value().precision(), each.value().shape()));
            }
            slots.add(own);
            moves = moves.then(Parallel.loop(each.value().size(), LEAST_SHARE, (from, to) -> {
                Move move = new Move(settings, rule, each, own, from, to);
                shares.add(move);
                return () -> move.run(factor, rate, step);
            }));
        }
    }

    /**
     * Moves every tensor.
     *
     * @param scale factor on every update: 1 for sums over the batch, 1 / images for means
     * @param rate learning rate of this step
     * @param step number of this step, from 1
     * @return Euclidean norm of all scaled updates together, before clipping
     * @throws Divergence if an update is not finite, when nothing has been changed, or if a tensor overflows by its step
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
        this.factor = clip > 0 && norm > clip ? scale * clip / norm : scale;
        this.rate = rate;
        this.step = step;
        moves.run();
        for (Move share : shares) {
            share.requireFinite();
        }
        return norm;
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
