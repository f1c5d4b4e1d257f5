package org.bpfree.learn.predictive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.tensor.Norm;

/**
 * How much larger than they are the displacements of some states are shown to the predictions that read them. A state that has moved by
 * less than its own rounding shows no movement at all, and by little more mostly rounding; shown at {@code 2^-16} of its size, it moves
 * the prediction in proportion, which is divided by the same factor afterwards. Some {@code 2^-8} of the change is rounding then, and the
 * change a small part of the error. A larger share would change the winners of max-pools: at {@code 2^-12} they turned the first
 * update of a VGG-5 by a degree.
 *
 * <p>States whose changes meet in one prediction share a factor. Those that the class scores read are shown as they are, since the loss is
 * no difference.
 */
final class Magnification {
    private static final double SHARE = 0x1p-16;
    private static final double LARGEST = 0x1p60;

    private final List<Norm> displacements = new ArrayList<>();
    private final List<Norm> sizes = new ArrayList<>();
    private final boolean one;
    private double[] knownSizes = {};
    private double factor = 1;

    private Magnification(boolean one) {
        this.one = one;
    }

    /** The groups of states, by each prediction that reads them and by each of them. */
    record Groups(Map<Node, Magnification> below, Map<Node, Magnification> own) {
        /**
         * The groups of a network.
         *
         * @param magnify whether anything is magnified at all
         */
        static Groups of(Graph graph, Set<Node> states, boolean magnify) {
            Map<Node, Set<Node>> sources = new HashMap<>();
            Map<Node, Set<Node>> groups = new HashMap<>();
            states.forEach(state -> groups.put(state, new HashSet<>(Set.of(state))));
            for (Node node : graph.nodes()) {
                Set<Node> read = new HashSet<>();
                for (Node input : node.inputs()) {
                    read.addAll(states.contains(input) ? Set.of(input) : sources.get(input));
                }
                sources.put(node, read);
                if (states.contains(node) || node == graph.output()) {
                    Set<Node> together = new HashSet<>();
                    read.forEach(state -> together.addAll(groups.get(state)));
                    together.forEach(state -> groups.put(state, together));
                }
            }
            Map<Set<Node>, Magnification> byGroup = new HashMap<>();
            Map<Node, Magnification> own = new HashMap<>();
            for (Node state : states) {
                Set<Node> group = groups.get(state);
                boolean one = !magnify || sources.get(graph.output()).stream().anyMatch(group::contains);
                own.put(state, byGroup.computeIfAbsent(group, same -> new Magnification(one)));
            }
            Map<Node, Magnification> below = new HashMap<>();
            states.forEach(state -> below.put(
                    state,
                    sources.get(state).stream().findFirst().map(own::get).orElseGet(() -> new Magnification(true))));
            return new Groups(below, own);
        }
    }

    /** Adds a state to the group, by its displacement and its first value. */
    void add(Norm displacement, Norm size) {
        displacements.add(displacement);
        sizes.add(size);
        knownSizes = new double[sizes.size()];
    }

    /** Shows displacements as they are, and takes the sizes of the states of a new batch. */
    void start() {
        factor = 1;
        for (int i = 0; i < knownSizes.length && !one; i++) {
            knownSizes[i] = sizes.get(i).value();
        }
    }

    /** Decides on the factor for the present displacements: a power of two, at least 1. */
    void choose() {
        if (one) {
            return;
        }
        double largest = 0;
        for (int i = 0; i < knownSizes.length; i++) {
            double moved = displacements.get(i).value();
            largest = Math.max(largest, moved == 0 ? 0 : moved / knownSizes[i]);
        }
        double wanted = largest == 0 ? 1 : Math.min(LARGEST, SHARE / largest);
        factor = wanted > 1 ? Math.scalb(1.0, Math.getExponent(wanted)) : 1; // NaN gives 1
    }

    /** Shows displacements as they are. */
    void end() {
        factor = 1;
    }

    /** The factor. */
    double factor() {
        return factor;
    }
}
