package org.bpfree.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfree.tensor.Shape;

/** A network: nodes in topological order, the images first and the class scores last. */
public final class Graph {
    private final List<Node> nodes;
    private final List<List<Node>> consumers;
    private final List<Parameter> parameters;
    private final boolean[] needsError;

    /**
     * A graph of nodes whose indices are their positions and whose inputs come before them; the last node is the output.
     */
    public Graph(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
        List<List<Node>> readers = new ArrayList<>();
        nodes.forEach(node -> readers.add(new ArrayList<>()));
        Set<Parameter> distinct = new LinkedHashSet<>();
        needsError = new boolean[nodes.size()];
        for (Node node : nodes) {
            distinct.addAll(node.parameters());
            needsError[node.index()] = node.trainable();
            for (Node input : node.inputs()) {
                readers.get(input.index()).add(node);
                needsError[node.index()] |= needsError[input.index()];
            }
        }
        consumers = readers.stream().map(List::copyOf).toList();
        parameters = List.copyOf(distinct);
    }

    /**
     * This network with fewer nodes, for those who do not care which node computes what: a batch normalization, the sum with a shortcut
     * and the rectifier behind it become one node with the rectifier's name. Parameters are the same, and so are the numbers to the last
     * bit, unless nodes between the normalization and the sum read the shortcut, too: the parts of its error then add up in another order.
     */
    public Graph fused() {
        return Fusion.of(this);
    }

    /** All nodes in topological order. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The images. */
    public Node input() {
        return nodes.get(0);
    }

    /** The class scores. */
    public Node output() {
        return nodes.get(nodes.size() - 1);
    }

    /** Number of class scores. */
    public int classes() {
        return output().shape().extent(-1);
    }

    /** The nodes that read a node, in topological order; a node that reads it twice is listed twice. */
    public List<Node> consumers(Node node) {
        return consumers.get(node.index());
    }

    /** The distinct parameters in the order of the nodes. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The distinct parameters that learners change. */
    public List<Parameter> trainableParameters() {
        return parameters.stream().filter(Parameter::trainable).toList();
    }

    /** Number of trainable numbers. */
    public long parameterCount() {
        return trainableParameters().stream()
                .mapToLong(parameter -> parameter.spec().shape().size())
                .sum();
    }

    /** Whether the error of a node's output is of any use: something trainable lies in it or below it. */
    public boolean needsError(Node node) {
        return needsError[node.index()];
    }

    /** The nodes with weights that errors cross on their way down: those with something trainable below them. */
    public List<Node> crossedNodes() {
        return nodes.stream()
                .filter(node -> node.parameters().stream().anyMatch(Parameter::carriesErrors))
                .filter(node -> node.inputs().stream().anyMatch(this::needsError))
                .toList();
    }

    /** The distinct weights of {@link #crossedNodes}. */
    public List<Parameter> crossedWeights() {
        return crossedNodes().stream()
                .flatMap(node -> node.parameters().stream())
                .filter(Parameter::carriesErrors)
                .distinct()
                .toList();
    }

    /** Multiply-add operations of one forward pass of one sample. */
    public long multiplyAdds() {
        return nodes.stream()
                .mapToLong(node -> node.op().multiplyAdds(node.inputShapes()))
                .sum();
    }

    /**
     * Multiply-add operations of a step of backpropagation on one sample: the forward pass, the gradients of all weights, and the errors
     * of all inputs but those before which nothing is trained.
     */
    public long multiplyAddsOfStep() {
        boolean[] trainedBefore = new boolean[nodes.size()];
        long operations = 0;
        for (Node node : nodes) {
            trainedBefore[node.index()] = node.inputs().stream()
                    .anyMatch(input ->
                            trainedBefore[input.index()] || !input.parameters().isEmpty());
            operations += node.op().multiplyAdds(node.inputShapes()) * (trainedBefore[node.index()] ? 3 : 2);
        }
        return operations;
    }

    /** The last node with weights: the one whose update needs no feedback. */
    public Node lastWeighted() {
        Node last = null;
        for (Node node : nodes) {
            last = node.parameters().stream().anyMatch(Parameter::carriesErrors) ? node : last;
        }
        return last;
    }

    /** The weights of the last node with weights, unless a node below uses them, too: those whose update needs no feedback. */
    public Optional<Parameter> outputWeights() {
        return lastWeighted().parameters().stream()
                .filter(Parameter::carriesErrors)
                .filter(weights -> nodes.stream()
                                .filter(node -> node.parameters().contains(weights))
                                .count()
                        == 1)
                .findFirst();
    }

    /** The shape of one image. */
    public Shape imageShape() {
        return input().shape();
    }
}
