package org.bpfree.learn.spiking;

import java.util.function.Consumer;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.learn.LearnerProvider.Misfit;

/** What a network must be like to spike. */
final class SpikingChecks {
    private SpikingChecks() {}

    /** Reports every node that has no place in a spiking network. */
    static void check(Graph graph, Consumer<Misfit> problems) {
        for (Node node : graph.nodes()) {
            if (UnrolledNetwork.hasUnits(node)) {
                boolean biased = node.parameters().stream()
                        .anyMatch(parameter -> parameter.spec().role() == ParameterSpec.Role.BIAS);
                if (biased) {
                    problems.accept(new Misfit(node.name(), "", "spiking units have no bias here. Set bias: false."));
                }
            } else if (node.op().pointwise().isPresent()) {
                problems.accept(new Misfit(
                        node.name(),
                        "",
                        "in a spiking network every dense and conv layer spikes, which takes the place of activations."
                                + " Remove this layer."));
            } else if (!node.op().isFixedLinear()) {
                problems.accept(new Misfit(
                        node.name(),
                        "",
                        "layers of type " + node.op().kind()
                                + " have no place in a spiking network. Use dense, conv, sum-pool, avg-pool,"
                                + " global-avg-pool, dropout, flatten, identity, padded-identity, add or concat."));
            }
        }
        if (!UnrolledNetwork.hasUnits(graph.output())) {
            problems.accept(new Misfit(
                    graph.output().name(), "", "the output of a spiking network must spike. End with a dense layer."));
        }
    }
}
