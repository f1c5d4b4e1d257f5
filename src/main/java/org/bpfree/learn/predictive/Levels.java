package org.bpfree.learn.predictive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.op.ViewOp;

/**
 * How far the nodes of a graph are from its output: the level {@code lv(n)} of a node is the number of edges on the <em>longest</em>
 * path to the output, which itself has level 0 (arXiv 2103.04689, section 4). A graph is levelled when every edge joins neighbouring
 * levels; identity nodes on the longer edges level any graph without changing what it computes.
 *
 * <p>Edges from nodes whose error is of no use ({@link Graph#needsError}) carry nothing downward and are never padded.
 */
public final class Levels {
    private final Graph graph;
    private final int[] levels;

    private Levels(Graph graph) {
        this.graph = graph;
        levels = new int[graph.nodes().size()];
        for (int i = levels.length - 2; i >= 0; i--) {
            for (Node consumer : graph.consumers(graph.nodes().get(i))) {
                levels[i] = Math.max(levels[i], levels[consumer.index()] + 1);
            }
        }
    }

    /** The levels of a graph. */
    public static Levels of(Graph graph) {
        return new Levels(graph);
    }

    /** The level of a node. */
    public int level(Node node) {
        return levels[node.index()];
    }

    /** The largest level {@code K} of a node whose error is of use; 0 for a graph of one layer. */
    public int highest() {
        return graph.nodes().stream()
                .filter(graph::needsError)
                .mapToInt(this::level)
                .max()
                .orElse(0);
    }

    /** The nodes by level, the output first; consumers always come before what they read. */
    public List<Node> fromOutput() {
        return graph.nodes().stream()
                .sorted(Comparator.comparingInt(this::level).thenComparing(Node::index, Comparator.reverseOrder()))
                .toList();
    }

    /** Identity nodes that the edge from {@code producer} to {@code consumer} needs: {@code lv(producer) - lv(consumer) - 1}. */
    public int missing(Node producer, Node consumer) {
        return graph.needsError(producer) ? level(producer) - level(consumer) - 1 : 0;
    }

    /** Identity nodes that level the graph. */
    public int missing() {
        int missing = 0;
        for (Node consumer : graph.nodes()) {
            for (Node producer : consumer.inputs()) {
                missing += missing(producer, consumer);
            }
        }
        return missing;
    }

    /** The graph with an identity node for each level that an edge skips; nodes keep their names, parameters are shared with it. */
    public Graph levelled() {
        List<Node> nodes = new ArrayList<>();
        Node[] copies = new Node[levels.length];
        for (Node node : graph.nodes()) {
            List<Node> inputs = new ArrayList<>();
            for (Node producer : node.inputs()) {
                Node input = copies[producer.index()];
                for (int i = 1; i <= missing(producer, node); i++) {
                    input = identity(producer.name() + "-to-" + node.name() + "-" + i, input, nodes);
                }
                inputs.add(input);
            }
            copies[node.index()] =
                    new Node(nodes.size(), node.name(), node.op(), inputs, node.shape(), node.parameters());
            nodes.add(copies[node.index()]);
        }
        return new Graph(nodes);
    }

    private static Node identity(String name, Node input, List<Node> nodes) {
        Node identity =
                new Node(nodes.size(), name, new ViewOp("identity", false), List.of(input), input.shape(), List.of());
        nodes.add(identity);
        return identity;
    }
}
