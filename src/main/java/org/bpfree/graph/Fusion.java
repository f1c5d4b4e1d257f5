package org.bpfree.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph in which one node does the work of several that only read each other: a batch normalization, the sum with one shortcut where
 * there is one, and the rectifier behind. It computes the same numbers in fewer passes over memory.
 */
final class Fusion {
    private final Graph graph;
    private final Map<Node, Rectified> rectified = new HashMap<>(); // by rectifier
    private final Set<Node> absorbed = new HashSet<>();

    /** What a rectifier takes in: a normalization, and what both together read. */
    private record Rectified(Node normalization, List<Node> inputs) {}

    private Fusion(Graph graph) {
        this.graph = graph;
        for (Node node : graph.nodes()) {
            if (node.op().isRectifier()) {
                absorbInto(node);
            }
        }
    }

    /** The fused graph; nodes that are left keep their names, parameters are shared with it. */
    static Graph of(Graph graph) {
        return new Fusion(graph).rewritten();
    }

    private void absorbInto(Node rectifier) {
        Node before = rectifier.inputs().get(0);
        if (before.op().rectified().isPresent() && isOnlyReadBy(rectifier, before)) {
            rectified.put(rectifier, new Rectified(before, before.inputs()));
            absorbed.add(before);
        } else if (before.op().isSum() && before.inputs().size() == 2 && isOnlyReadBy(rectifier, before)) {
            before.inputs().stream()
                    .filter(term -> term.op().rectified().isPresent() && isOnlyReadBy(before, term))
                    .findFirst()
                    .ifPresent(normalization -> {
                        rectified.put(rectifier, new Rectified(normalization, shortcutFirst(before, normalization)));
                        absorbed.addAll(List.of(before, normalization));
                    });
        }
    }

    /**
     * The shortcut comes first, whichever place it had in the sum. A sweep goes through inputs in this order, so the shortcut's error comes
     * before that of the normalization's input, as from the sum, and errors of a node that is both add up in the same order.
     */
    private static List<Node> shortcutFirst(Node sum, Node normalization) {
        Node other = sum.inputs().get(1 - sum.inputs().indexOf(normalization));
        return List.of(other, normalization.inputs().get(0));
    }

    private boolean isOnlyReadBy(Node reader, Node node) {
        return graph.consumers(node).equals(List.of(reader));
    }

    private Graph rewritten() {
        List<Node> nodes = new ArrayList<>();
        Map<Node, Node> copies = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (!absorbed.contains(node)) {
                Node copy = copy(node, nodes.size(), copies);
                nodes.add(copy);
                copies.put(node, copy);
            }
        }
        return new Graph(nodes);
    }

    private Node copy(Node node, int index, Map<Node, Node> copies) {
        Rectified whole = rectified.get(node);
        if (whole == null) {
            return new Node(
                    index, node.name(), node.op(), copies(node.inputs(), copies), node.shape(), node.parameters());
        }
        Node normalization = whole.normalization;
        Op op = normalization.op().rectified().orElseThrow();
        return new Node(index, node.name(), op, copies(whole.inputs, copies), node.shape(), normalization.parameters());
    }

    private static List<Node> copies(List<Node> originals, Map<Node, Node> copies) {
        return originals.stream().map(copies::get).toList();
    }
}
