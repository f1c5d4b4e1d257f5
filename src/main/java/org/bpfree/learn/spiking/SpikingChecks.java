package org.bpfree.learn.spiking;

import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.learn.Findings;

/** What a network must be like to spike. */
final class SpikingChecks {
    private SpikingChecks() {}

    /** Reports every node that has no place in a spiking network. */
    static void check(Graph graph, Findings findings) {
        for (Node node : graph.nodes()) {
            if (UnrolledNetwork.hasUnits(node)) {
                boolean biased = node.parameters().stream()
                        .anyMatch(parameter -> parameter.spec().role() == ParameterSpec.Role.BIAS);
                if (biased) {
                    findings.misfit(node, "spiking units have no bias here. Set bias: false.");
                }
            } else if (node.op().pointwise().isPresent()) {
                findings.misfit(
                        node,
                        "in a spiking network every dense and conv layer spikes, which takes the place of activations."
                                + " Remove this layer.");
            } else if (!node.op().isFixedLinear()) {
                findings.misfit(
                        node,
                        "layers of type " + node.op().kind()
                                + " have no place in a spiking network. Use dense, conv, sum-pool, avg-pool,"
                                + " global-avg-pool, dropout, flatten, identity, padded-identity, add or concat.");
            }
        }
        if (!UnrolledNetwork.hasUnits(graph.output())) {
            findings.misfit(graph.output(), "the output of a spiking network must spike. End with a dense layer.");
        }
    }
}
