package org.bpfree.learn.local;

import java.util.List;
import java.util.stream.Collectors;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.learn.Findings;
import org.bpfree.learn.backprop.BackpropProvider;

/** What learners in blocks ask of a network. */
final class BlockChecks {
    private BlockChecks() {}

    /**
     * Reports what has no derivative, layers that several blocks would teach, and a network of one block.
     *
     * @param ends at which blocks end
     */
    static void check(Graph graph, List<Node> ends, String learner, Granularity granularity, Findings findings) {
        BackpropProvider.requireDerivatives(graph, learner, findings);
        Blocks.taughtTwice(graph, ends)
                .forEach((node, teachers) -> findings.misfit(
                        node,
                        "errors of several blocks would reach it, those that end at "
                                + teachers.stream().map(Node::name).collect(Collectors.joining(", "))
                                + ", but a block passes no error to another. Set learner.granularity: block."));
        if (ends.isEmpty()) {
            findings.warning("no layer below the output's block ends in an activation"
                    + (granularity == Granularity.BLOCK ? " that all paths go through" : "")
                    + ", so the network is one block, and '" + learner + "' is backpropagation.");
        }
    }
}
