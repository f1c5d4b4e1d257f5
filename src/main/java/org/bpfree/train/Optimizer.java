package org.bpfree.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.learn.Trained;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.optimizer.Rates;
import org.bpfree.tensor.Tensor;

/**
 * Applies the updates of a learner to all its tensors, the network's and its own alike. Norms are limited over groups: the network, and what
 * is the learner's own, by the optimizer that moves it.
 */
public final class Optimizer {
    private final Map<Trained, TensorMove> moves = new LinkedHashMap<>();
    private final List<Trained> trained;
    private final UpdateGroup network;
    private final List<UpdateGroup> groups = new ArrayList<>();
    private Map<String, Long> skipped = new HashMap<>();

    /** An optimizer with slots of its own for each tensor. */
    public Optimizer(OptimizerSettings settings, List<Trained> trained) {
        this.trained = List.copyOf(trained);
        network = new UpdateGroup(settings);
        groups.add(network);
        Set<Tensor> ofNetwork = Collections.newSetFromMap(new IdentityHashMap<>());
        trained.stream().filter(each -> !each.own()).forEach(each -> ofNetwork.add(each.update()));
        Map<OptimizerSettings, UpdateGroup> own = new HashMap<>();
        for (Trained each : this.trained) {
            OptimizerSettings mover = each.optimizer().orElse(settings);
            // Kolen and Pollack's feedback learns from the update of its weights, and so by the same step.
            boolean shared = each.own() && ofNetwork.contains(each.update());
            UpdateGroup group = each.own() && !shared ? own.computeIfAbsent(mover, this::newGroup) : network;
            moves.put(each, new TensorMove(each, mover, group, !shared));
        }
    }

    private UpdateGroup newGroup(OptimizerSettings mover) {
        UpdateGroup group = new UpdateGroup(mover);
        groups.add(group);
        return group;
    }

    /** Where it is kept how often a tensor was not moved, by its name; part of what a resumed run needs. */
    public void countSkipsIn(Map<String, Long> counts) {
        skipped = counts;
    }

    /** As {@link #apply(double, Rates, long, List)}, moving every tensor at one rate. */
    public double apply(double scale, double rate, long step) {
        return apply(scale, each -> rate, step, trained);
    }

    /**
     * Moves tensors.
     *
     * @param scale factor on every update: 1 for sums over the batch, 1 / images for means
     * @param rates learning rates of this step
     * @param step number of this step, from 1; that of a tensor is less by the steps in which it was not moved
     * @param moved what is moved; the others keep momentum, decay and step count
     * @return Euclidean norm of all scaled updates of the network together, before clipping
     * @throws Divergence if an update is not finite, when nothing has been changed, or if a tensor overflows by its step
     */
    public double apply(double scale, Rates rates, long step, List<Trained> moved) {
        groups.forEach(UpdateGroup::clear);
        for (Trained each : moved) {
            moves.get(each).measure();
        }
        for (UpdateGroup group : groups) {
            group.limit(scale, rates.of(group.settings()));
        }
        for (Trained each : moved) {
            moves.get(each).run(step - skipped.getOrDefault(each.name(), 0L));
        }
        if (moved.size() < trained.size()) {
            trained.stream()
                    .filter(each -> !moved.contains(each))
                    .forEach(each -> skipped.merge(each.name(), 1L, Long::sum));
        }
        for (Trained each : moved) {
            moves.get(each).requireFinite();
        }
        return scale * network.norm();
    }

    /** The slots by name, for checkpoints. */
    public Map<String, Tensor> slots() {
        Map<String, Tensor> named = new LinkedHashMap<>();
        moves.values().forEach(move -> move.addSlots(named));
        return named;
    }
}
