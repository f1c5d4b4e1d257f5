package org.bpfree.learn;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Pass;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Tensor;

/**
 * The errors of the nodes of one bound pass: that of the output, which the loss writes, and those that credit assignment finds below it. Who
 * binds a pass makes them and hands them on; an {@link ErrorSweep} enters the errors it forms, and a learner with errors of another kind asks
 * for tensors to put them into.
 */
public final class Errors {
    private final Graph graph;
    private final Arena arena;
    private final int batch;
    private final Map<Node, Tensor> known = new HashMap<>();

    /**
     * Errors of a pass, so far of its output alone.
     *
     * @param arena where they and the scratch of whoever forms them are kept
     */
    public Errors(Pass pass, Arena arena) {
        this.graph = pass.graph();
        this.arena = arena;
        this.batch = pass.batch();
        make(graph.output());
    }

    /** The derivative of the loss by the class scores, {@code [batch, classes]}; what a sweep starts from. */
    public Tensor output() {
        return known.get(graph.output());
    }

    /** A tensor {@code [batch, ...]} of its own for the error of a node, the same at every call, which is told as the node's error from then on. */
    public Tensor make(Node node) {
        return known.computeIfAbsent(node, absent -> arena.batch(name(absent), batch, absent.shape()));
    }

    /**
     * The error of a node.
     *
     * @return {@code [batch, ...]}, or nothing when no error reaches the node or the arena did not keep it
     */
    public Optional<Tensor> of(Node node) {
        List<Node> readers = graph.consumers(node);
        if (known.containsKey(node)
                || readers.size() != 1
                || !readers.get(0).op().isView()) {
            return Optional.ofNullable(known.get(node));
        }
        // The error of a view's input lies in the memory of the view's own error.
        return of(readers.get(0)).map(error -> error.reshape(node.shape().batched(batch)));
    }

    /** All errors there are, by node name. In an arena that does not keep everything, those of a sweep are left out but for the output's. */
    public Map<String, Tensor> byName() {
        Map<String, Tensor> errors = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            of(node).ifPresent(error -> errors.put(node.name(), error));
        }
        return errors;
    }

    /** Tells a tensor as the error of a node. */
    void enter(Node node, Tensor error) {
        known.put(node, error);
    }

    /** The name in the arena of the error of a node. */
    static String name(Node node) {
        return "error/" + node.name();
    }

    Arena arena() {
        return arena;
    }
}
