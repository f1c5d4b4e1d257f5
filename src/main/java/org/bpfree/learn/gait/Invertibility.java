package org.bpfree.learn.gait;

import java.util.Optional;
import java.util.function.Consumer;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LearnerProvider.Misfit;
import org.bpfree.tensor.ActivationFunction;

/** What a network needs so that targets can travel down: every layer above the first one with weights has an inverse. */
final class Invertibility {
    private Invertibility() {}

    /** Reports every node that targets must cross and cannot. */
    static void check(Graph graph, Consumer<Misfit> problems) {
        for (Node node : graph.nodes()) {
            if (graph.needsError(node) && graph.consumers(node).size() > 1) {
                problems.accept(misfit(
                        node,
                        "is read by " + graph.consumers(node).size()
                                + " layers, but a target comes from one. Let one layer read it."));
            }
            if (node.inputs().stream().anyMatch(graph::needsError)) {
                checkCrossed(node, problems);
            }
        }
    }

    private static void checkCrossed(Node node, Consumer<Misfit> problems) {
        Optional<ActivationFunction> function = node.op().pointwise();
        if (function.isPresent()) {
            if (function.get() != ActivationFunction.LEAKY_RELU) {
                problems.accept(misfit(node, "has no inverse on all numbers. Use function: leaky-relu."));
            } else if (node.inputs().get(0).parameters().stream().noneMatch(Parameter::carriesErrors)) {
                problems.accept(misfit(node, "does not come right after a layer with weights. Move it there."));
            }
        } else if (node.parameters().stream().anyMatch(Parameter::carriesErrors)) {
            if (node.op().invertible(node.inputShapes()).isEmpty()) {
                problems.accept(misfit(
                        node,
                        "its weights have no inverse, and layers below it learn. Use square-dense or square-conv; only the"
                                + " first layer with weights may be of any type."));
            }
        } else if (!node.op().isView()) {
            problems.accept(misfit(
                    node, "has no inverse, and layers below it learn. Remove it, or stride in a square-conv instead."));
        }
    }

    private static Misfit misfit(Node node, String message) {
        return new Misfit(node.name(), "", message);
    }
}
