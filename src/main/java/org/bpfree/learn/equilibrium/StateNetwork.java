package org.bpfree.learn.equilibrium;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.graph.Graph;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Node;
import org.bpfree.tensor.ActivationFunction;

/**
 * Which nodes of a network are states, and which linear nodes lie between which of them. Every activation is a state. The output is one under
 * the squared error, with the activation of the last state below it; under another loss it reads the states and has none.
 */
final class StateNetwork {
    final Graph graph;
    final boolean outputIsState;

    /** The states from the images up, the output among them where it is one. */
    final Set<Node> states = new LinkedHashSet<>();

    private final Map<Node, Set<Node>> below = new HashMap<>();
    private final Map<Node, Set<Node>> above = new HashMap<>();
    private final Map<Node, Integer> levels = new HashMap<>();
    private final Map<Node, ActivationFunction> functions = new HashMap<>();

    StateNetwork(Graph graph, LossFunction loss) {
        this.graph = graph;
        outputIsState = loss.equals(LossFunction.SQUARED_ERROR);
        for (Node node : graph.nodes()) {
            Set<Node> read = new HashSet<>();
            for (Node input : node.inputs()) {
                read.addAll(isActivation(input) ? Set.of(input) : below.get(input));
            }
            below.put(node, read);
            above.put(node, new HashSet<>());
            if (isActivation(node) || node == graph.output() && outputIsState) {
                int highest = read.stream().mapToInt(levels::get).max().orElse(0);
                levels.put(node, highest + 1);
                states.add(node);
                functions.put(node, node.op().pointwise().orElseGet(() -> last(read)));
            }
        }
        List<Node> nodes = graph.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            spreadDown(nodes.get(i));
        }
    }

    private void spreadDown(Node node) {
        if (node == graph.output()) {
            above.get(node).add(node);
        }
        for (Node input : node.inputs()) {
            above.get(input).addAll(isActivation(node) ? Set.of(node) : above.get(node));
        }
    }

    private ActivationFunction last(Set<Node> read) {
        return read.stream()
                .reduce((a, b) -> a.index() > b.index() ? a : b)
                .map(functions::get)
                .orElseThrow();
    }

    static boolean isActivation(Node node) {
        return node.op().pointwise().isPresent();
    }

    /** The states a node reads, through linear nodes. */
    Set<Node> below(Node node) {
        return below.get(node);
    }

    /** The states, or the output, that read a node through linear nodes. */
    Set<Node> above(Node node) {
        return above.get(node);
    }

    /** How many states lie below a state on the longest way, itself included. */
    int level(Node state) {
        return levels.get(state);
    }

    /** The activation of a state. */
    ActivationFunction function(Node state) {
        return functions.get(state);
    }

    /** The activations, which a pass gives states; the output's is the learner's own. */
    Set<Node> activations() {
        Set<Node> activations = new LinkedHashSet<>(states);
        activations.remove(graph.output());
        return activations;
    }
}
