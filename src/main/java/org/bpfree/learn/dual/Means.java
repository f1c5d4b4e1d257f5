package org.bpfree.learn.dual;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.GatheredUpdates;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Where the means of the two states go: through what lies between an activation and the weights above it, such as pools, to the nodes with
 * weights that read it.
 */
final class Means {
    private final Pass pass;
    private final Set<Node> readers = new HashSet<>();
    private final List<Node> carriers = new ArrayList<>(); // in the order of the network

    /**
     * The ways of a network.
     *
     * @param dyads the nodes whose states are such means
     */
    Means(Pass pass, Set<Node> dyads) {
        this.pass = pass;
        Graph graph = pass.graph();
        Set<Node> carrying = new HashSet<>(dyads);
        Set<Node> carriersOfAny = new HashSet<>();
        for (Node node : graph.nodes()) {
            boolean reads = node.inputs().stream().anyMatch(carrying::contains);
            if (reads && weighs(node)) {
                readers.add(node);
            } else if (reads && !dyads.contains(node)) {
                carrying.add(node);
                carriersOfAny.add(node);
            }
        }
        Set<Node> needed = new HashSet<>(readers);
        for (Node node : DualPropagationLearner.fromOutput(graph)) {
            if (node.inputs().isEmpty() || !needed.contains(node)) {
                continue;
            }
            needed.addAll(node.inputs().stream().filter(carriersOfAny::contains).toList());
            if (carriersOfAny.contains(node)) {
                carriers.add(0, node);
            }
        }
    }

    private static boolean weighs(Node node) {
        return node.parameters().stream().anyMatch(Parameter::carriesErrors);
    }

    /** The nodes with weights that read means. */
    Set<Node> readers() {
        return readers;
    }

    /** Brings what the readers see up to date with the means. */
    Routine refresh() {
        List<Kernel> kernels = carriers.stream()
                .filter(node -> !node.op().isView())
                .map(pass::kernel)
                .toList();
        return () -> kernels.forEach(Kernel::forward);
    }

    /**
     * Updates of the readers' parameters.
     *
     * @param errors of their outputs
     * @param update where a parameter's update goes
     */
    Routine learn(Map<Node, Tensor> errors, Arena arena, Function<Parameter, Tensor> update) {
        GatheredUpdates updates = new GatheredUpdates(arena, update);
        Routine learn = Routine.NOTHING;
        for (Node node : DualPropagationLearner.fromOutput(pass.graph())) {
            if (errors.containsKey(node)) {
                GatheredUpdates.Part part = updates.of(node);
                List<Tensor> weights =
                        node.parameters().stream().map(pass.parameters()::get).toList();
                Tensor[] none = new Tensor[node.inputs().size()];
                learn = learn.then(pass.kernel(node)
                                .backward(new Kernel.Wiring(weights, errors.get(node), none, part.gradients())))
                        .then(part.additions());
            }
        }
        return learn;
    }
}
