package org.bpfree.learn.predictive;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.settings.Doc;

/** Which nodes have a state; what plain predictive coding learns depends on it. */
public enum BlockStates {
    @Doc("One for each block: what the next layer with weights reads, after activation, normalization and pooling.")
    BLOCKS,
    @Doc("What each layer with weights puts out, before its activation: mu = theta f(x).")
    PRE_ACTIVATIONS,
    @Doc("Every node.")
    NODES;

    /** The nodes of a graph with a state; neither the images nor the output. */
    Set<Node> of(Graph graph) {
        Set<Node> states = new HashSet<>();
        for (Node node : graph.nodes()) {
            boolean chosen =
                    switch (this) {
                        case BLOCKS -> graph.consumers(node).stream().anyMatch(BlockStates::weighs);
                        case PRE_ACTIVATIONS -> weighs(node);
                        case NODES -> true;
                    };
            if (chosen && graph.needsError(node) && node != graph.output()) {
                states.add(node);
            }
        }
        return states;
    }

    /** As {@link #of}, in the order of the network. */
    List<Node> inOrder(Graph graph) {
        return of(graph).stream().sorted(Comparator.comparing(Node::index)).toList();
    }

    private static boolean weighs(Node node) {
        return node.parameters().stream().anyMatch(Parameter::carriesErrors);
    }
}
