package org.bpfree.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Norm;
import org.bpfree.tensor.Parallel;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/** Applies the updates of a learner to all its tensors, the network's and its own alike. */
public final class Optimizer {
    /** Numbers of which a thread should move as many at least: some 20 microseconds of work. */
    private static final int LEAST_SHARE = 1 << 13;

    private final OptimizerSettings settings;
    private final UpdateRule rule;
    private final List<Trained> trained;
    private final List<Norm> norms;
    private final List<Boolean> hasOwnNorm = new ArrayList<>();
    private final List<List<Tensor>> slots = new ArrayList<>();
    private final List<SliceMove> shares = new ArrayList<>();
    private Routine moves = Routine.NOTHING;
    private double networkFactor;
    private double ownFactor;
    private double rate;
    private long step;

    /** An optimizer with slots of its own for each tensor. */
    public Optimizer(OptimizerSettings settings, List<Trained> trained) {
        this.settings = settings;
        this.rule = UpdateRule.of(settings);
        this.trained = List.copyOf(trained);
        this.norms = trained.stream().map(each -> new Norm(each.update())).toList();
        Set<Tensor> ofNetwork = Collections.newSetFromMap(new IdentityHashMap<>());
        trained.stream().filter(each -> !each.feedback()).forEach(each -> ofNetwork.add(each.update()));
        for (Trained each : trained) {
            // Kolen and Pollack's feedback learns from the update of its weights, and so by the same step.
            boolean own = each.feedback() && !ofNetwork.contains(each.update());
            hasOwnNorm.add(own);
            List<Tensor> slotsOfTensor = new ArrayList<>();
            for (int slot = 0; slot < rule.slots().size(); slot++) {
                slotsOfTensor.add(
                        Tensor.zeros(each.value().precision(), each.value().shape()));
            }
            slots.add(slotsOfTensor);
            moves = moves.then(Parallel.loop(each.value().size(), LEAST_SHARE, (from, to) -> {
                SliceMove move = new SliceMove(settings, rule, each, slotsOfTensor, from, to);
                shares.add(move);
                return () -> move.run(own ? ownFactor : networkFactor, rate, step);
            }));
        }
    }

    /**
     * Moves every tensor.
     *
     * @param scale factor on every update: 1 for sums over the batch, 1 / images for means
     * @param rate learning rate of this step
     * @param step number of this step, from 1
     * @return Euclidean norm of all scaled updates of the network together, before clipping
     * @throws Divergence if an update is not finite, when nothing has been changed, or if a tensor overflows by its step
     */
    public double apply(double scale, double rate, long step) {
        double network = 0;
        double own = 0;
        for (int i = 0; i < trained.size(); i++) {
            double ofTensor = norms.get(i).square();
            if (!Double.isFinite(ofTensor)) {
                throw new Divergence("the update of " + trained.get(i).name(), ofTensor);
            }
            if (hasOwnNorm.get(i)) {
                own += ofTensor;
            } else if (!trained.get(i).feedback()) {
                network += ofTensor;
            }
        }
        // What a learner keeps for itself must not shorten the step of the network.
        networkFactor = clipped(scale, network);
        ownFactor = clipped(scale, own);
        this.rate = rate;
        this.step = step;
        moves.run();
        for (SliceMove share : shares) {
            share.requireFinite();
        }
        return scale * Math.sqrt(network);
    }

    private double clipped(double scale, double square) {
        double norm = scale * Math.sqrt(square);
        double clip = settings.clipNorm();
        return clip > 0 && norm > clip ? scale * clip / norm : scale;
    }

    /** The slots by name, for checkpoints. */
    public Map<String, Tensor> slots() {
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (int i = 0; i < trained.size(); i++) {
            for (int slot = 0; slot < slots.get(i).size(); slot++) {
                named.put(
                        rule.slots().get(slot) + "/" + trained.get(i).name(),
                        slots.get(i).get(slot));
            }
        }
        return named;
    }
}
