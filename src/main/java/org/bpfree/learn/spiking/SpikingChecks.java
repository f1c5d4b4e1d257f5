package org.bpfree.learn.spiking;

import java.util.List;
import java.util.function.Consumer;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Op;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.graph.op.AddOp;
import org.bpfree.graph.op.ConcatOp;
import org.bpfree.graph.op.DropoutOp;
import org.bpfree.graph.op.GlobalAveragePoolOp;
import org.bpfree.graph.op.InputOp;
import org.bpfree.graph.op.PaddedIdentityOp;
import org.bpfree.graph.op.PoolOp;
import org.bpfree.graph.op.SumPoolOp;
import org.bpfree.graph.op.ViewOp;
import org.bpfree.learn.LearnerProvider.Misfit;
import org.bpfree.tensor.Pooling;

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
            } else if (node.op() instanceof ActivationOp) {
                problems.accept(new Misfit(
                        node.name(),
                        "",
                        "in a spiking network every dense and conv layer spikes, which takes the place of activations."
                                + " Remove this layer."));
            } else if (!isLinear(node.op())) {
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

    private static boolean isLinear(Op op) {
        return op instanceof PoolOp pool
                ? pool.reduction() == Pooling.Reduction.MEAN
                : List.of(
                                InputOp.class,
                                SumPoolOp.class,
                                GlobalAveragePoolOp.class,
                                DropoutOp.class,
                                ViewOp.class,
                                PaddedIdentityOp.class,
                                AddOp.class,
                                ConcatOp.class)
                        .contains(op.getClass());
    }
}
