package org.bpfree.learn.gait;

import java.util.Optional;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Findings;
import org.bpfree.tensor.ActivationFunction;

/** What a network needs so that targets can travel down: every layer above the first one with weights has an inverse. */
final class Invertibility {
    private Invertibility() {}

    /** Reports every node that targets must cross and cannot. */
    static void check(Graph graph, Findings findings) {
        for (Node node : graph.nodes()) {
            if (graph.needsError(node) && graph.consumers(node).size() > 1) {
                findings.misfit(
                        node,
                        "is read by " + graph.consumers(node).size()
                                + " layers, but a target comes from one. Let one layer read it.");
            }
            if (node.inputs().stream().anyMatch(graph::needsError)) {
                checkCrossed(node, findings);
            }
        }
    }

    private static void checkCrossed(Node node, Findings findings) {
        Optional<ActivationFunction> function = node.op().pointwise();
        if (function.isPresent()) {
            if (function.get() != ActivationFunction.LEAKY_RELU) {
                findings.misfit(node, "has no inverse on all numbers. Use function: leaky-relu.");
            } else if (node.inputs().get(0).parameters().stream().noneMatch(Parameter::carriesErrors)) {
                findings.misfit(node, "does not come right after a layer with weights. Move it there.");
            }
        } else if (node.parameters().stream().anyMatch(Parameter::carriesErrors)) {
            if (node.op().invertible(node.inputShapes()).isEmpty()) {
                findings.misfit(
                        node,
                        "its weights have no inverse, and layers below it learn. Use square-dense or square-conv; only the"
                                + " first layer with weights may be of any type.");
            }
        } else if (!node.op().isView()) {
            findings.misfit(
                    node, "has no inverse, and layers below it learn. Remove it, or stride in a square-conv instead.");
        }
    }
}
