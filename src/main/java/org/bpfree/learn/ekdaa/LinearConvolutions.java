package org.bpfree.learn.ekdaa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;

/**
 * The forward pass of the authors' code (EKDAA_model.forward): convolutions, pools and the first dense layer read what goes into the
 * non-linearity of a convolution, {@code h}, so that the stack of convolutions is linear but for its max-pools. The non-linearities of
 * convolutions stay in the network as nodes that nothing reads; the rule takes {@code z = phi(h)} from them.
 */
final class LinearConvolutions {
    private LinearConvolutions() {}

    /** A graph with the same nodes in the same places, in which nothing reads the non-linearity of a convolution. */
    static Graph of(Graph graph) {
        List<Node> nodes = new ArrayList<>();
        Map<Node, Node> copies = new HashMap<>();
        for (Node node : graph.nodes()) {
            List<Node> inputs = node.inputs().stream()
                    .map(input ->
                            copies.get(isBypassed(graph, input) ? input.inputs().get(0) : input))
                    .toList();
            Node copy = new Node(node.index(), node.name(), node.op(), inputs, node.shape(), node.parameters());
            nodes.add(copy);
            copies.put(node, copy);
        }
        return new Graph(nodes);
    }

    private static boolean isBypassed(Graph graph, Node node) {
        return node.op().pointwise().isPresent()
                && node.inputs().get(0).op().convolution().isPresent()
                && graph.consumers(node).stream().allMatch(LinearConvolutions::belongsToStack);
    }

    private static boolean belongsToStack(Node node) {
        return node.op().convolution().isPresent()
                || node.op().pool().isPresent()
                || node.op().isView();
    }

    /** The non-linearity of a convolution when nothing reads it. */
    static Optional<Node> bypassed(Graph graph, Node node) {
        return graph.consumers(node).stream()
                .filter(reader -> reader.op().pointwise().isPresent()
                        && reader != graph.output()
                        && graph.consumers(reader).isEmpty())
                .findFirst();
    }
}
