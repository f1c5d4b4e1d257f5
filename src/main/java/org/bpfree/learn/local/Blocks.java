package org.bpfree.learn.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;

/**
 * Where the blocks of a network end. A block ends at the activation behind its weights; below the output, whose block is taught by the loss of
 * the experiment.
 */
final class Blocks {
    private Blocks() {}

    /** The activations at which blocks end, in the order of the network. */
    static List<Node> ends(Graph graph, Granularity granularity) {
        Set<Node> belowWeights = belowWeights(graph);
        List<Node> ends = new ArrayList<>();
        for (Node node : graph.nodes()) {
            boolean end = node.op().pointwise().isPresent()
                    && belowWeights.contains(node)
                    && !weightsOf(node, new HashSet<>(ends)).isEmpty()
                    && (granularity == Granularity.LAYER || isPassedByAll(graph, node));
            if (end) {
                ends.add(node);
            }
        }
        return ends;
    }

    /** The last pool, or the like, behind an activation: what the next layer reads, but for dropout. */
    static Node pooled(Graph graph, Node activation) {
        Node pooled = activation;
        Node last = activation;
        while (graph.consumers(last).size() == 1) {
            last = graph.consumers(last).get(0);
            boolean reduces = (last.op().pool().isPresent() || last.op().isFixedLinear())
                    && !last.op().silencesAtRandom()
                    && last.inputs().size() == 1;
            if (!reduces && !last.op().isView()) {
                break;
            }
            pooled = last.op().isView() ? pooled : last;
        }
        return pooled;
    }

    /** The nodes with weights that several blocks would teach, by those blocks' ends. */
    static Map<Node, List<Node>> taughtTwice(Graph graph, List<Node> ends) {
        Map<Node, List<Node>> teachers = new LinkedHashMap<>();
        List<Node> all = new ArrayList<>(ends);
        all.add(graph.output());
        for (Node end : all) {
            Set<Node> others = new HashSet<>(ends);
            others.remove(end);
            weightsOf(end, others).forEach(node -> teachers.computeIfAbsent(node, absent -> new ArrayList<>())
                    .add(end));
        }
        teachers.values().removeIf(list -> list.size() < 2);
        return teachers;
    }

    /** The nodes with weights from which an error at the end of a block comes down, without passing the ends of others. */
    private static Set<Node> weightsOf(Node end, Set<Node> others) {
        Set<Node> found = new LinkedHashSet<>();
        Set<Node> seen = new HashSet<>();
        descend(end, others, seen, found);
        return found;
    }

    private static void descend(Node node, Set<Node> others, Set<Node> seen, Set<Node> found) {
        if (!seen.add(node)) {
            return;
        }
        if (weighs(node)) {
            found.add(node);
        }
        node.inputs().stream()
                .filter(input -> !others.contains(input))
                .forEach(input -> descend(input, others, seen, found));
    }

    private static Set<Node> belowWeights(Graph graph) {
        Map<Node, Boolean> below = new HashMap<>();
        List<Node> nodes = graph.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            boolean any = graph.consumers(nodes.get(i)).stream()
                    .anyMatch(reader -> weighs(reader) || below.getOrDefault(reader, false));
            below.put(nodes.get(i), any);
        }
        Set<Node> all = new HashSet<>(nodes);
        all.removeIf(node -> !below.get(node));
        return all;
    }

    static boolean weighs(Node node) {
        return node.parameters().stream().anyMatch(Parameter::carriesErrors);
    }

    /** Whether every path from the images to the output goes through a node: no edge passes it. */
    private static boolean isPassedByAll(Graph graph, Node node) {
        return graph.nodes().stream()
                .filter(reader -> reader.index() > node.index())
                .flatMap(reader -> reader.inputs().stream())
                .noneMatch(input -> input.index() < node.index());
    }
}
