package org.bpfree.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpfree.learn.Trained;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.optimizer.UpdateRule;
import org.bpfree.tensor.Parallel;
import org.bpfree.tensor.QuickNorm;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/** Moves one tensor, shared among threads where it is large. */
final class TensorMove {
    /** Numbers of which a thread should move as many at least. */
    private static final int LEAST_SHARE = Parallel.least(0.7);

    private final Trained trained;
    private final UpdateRule rule;
    private final UpdateGroup group;
    private final boolean counts;
    private final QuickNorm norm;
    private final List<Tensor> slots = new ArrayList<>();
    private final List<SliceMove> shares = new ArrayList<>();
    private final Routine move;
    private long step;

    /**
     * A move.
     *
     * @param counts whether its update counts in the norm of the group; not where another tensor has the same
     */
    TensorMove(Trained trained, OptimizerSettings settings, UpdateGroup group, boolean counts) {
        this.trained = trained;
        this.group = group;
        this.counts = counts;
        rule = settings.kind().rule(settings.weightDecay());
        norm = new QuickNorm(trained.update());
        for (int slot = 0; slot < rule.slots().size(); slot++) {
            slots.add(Tensor.zeros(trained.value().precision(), trained.value().shape()));
        }
        move = Parallel.loop(trained.value().size(), LEAST_SHARE, (from, to) -> {
            SliceMove share = SliceMove.of(settings, rule, trained, slots, from, to);
            shares.add(share);
            return () -> share.run(group.factor(), group.rate() * trained.rateFactor(), step);
        });
    }

    /**
     * Adds the update to its group.
     *
     * @throws Divergence if it is not finite
     */
    void measure() {
        double square = norm.square();
        if (!Double.isFinite(square)) {
            throw new Divergence("the update of " + trained.name(), square);
        }
        if (counts) {
            group.add(square);
        }
    }

    /** Moves the tensor in its step of the given number, from 1. */
    void run(long number) {
        step = number;
        move.run();
    }

    /**
     * Holds that the tensor and its slots can hold what was written.
     *
     * @throws Divergence if they cannot
     */
    void requireFinite() {
        shares.forEach(SliceMove::requireFinite);
    }

    /** Adds the slots under their names. */
    void addSlots(Map<String, Tensor> named) {
        for (int slot = 0; slot < slots.size(); slot++) {
            named.put(rule.slots().get(slot) + "/" + trained.name(), slots.get(slot));
        }
    }
}
