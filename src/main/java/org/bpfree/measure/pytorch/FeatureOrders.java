package org.bpfree.measure.pytorch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bpfree.failure.Failure;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Op;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.graph.op.AddOp;
import org.bpfree.graph.op.AttentionOp;
import org.bpfree.graph.op.BatchNormOp;
import org.bpfree.graph.op.ConcatOp;
import org.bpfree.graph.op.ConvOp;
import org.bpfree.graph.op.DenseOp;
import org.bpfree.graph.op.DropoutOp;
import org.bpfree.graph.op.GlobalAveragePoolOp;
import org.bpfree.graph.op.InputOp;
import org.bpfree.graph.op.LayerNormOp;
import org.bpfree.graph.op.MultiplyOp;
import org.bpfree.graph.op.PaddedIdentityOp;
import org.bpfree.graph.op.PoolOp;
import org.bpfree.graph.op.PositionEmbeddingOp;
import org.bpfree.graph.op.RowOp;
import org.bpfree.graph.op.SumPoolOp;
import org.bpfree.graph.op.TokensOp;
import org.bpfree.graph.op.ViewOp;
import org.bpfree.tensor.Shape;

/**
 * Which number of a node's vector stands where when maps keep their channels first: an order holds for each place in PyTorch the place here.
 * Only flattened maps, and what is made of them element by element, have another order than here.
 */
final class FeatureOrders {
    /** Layers that make their output anew, in an order that is the same in both. */
    private static final Set<Class<? extends Op>> SAME = Set.of(
            InputOp.class,
            ConvOp.class,
            DenseOp.class,
            PoolOp.class,
            SumPoolOp.class,
            GlobalAveragePoolOp.class,
            PaddedIdentityOp.class,
            TokensOp.class,
            PositionEmbeddingOp.class,
            AttentionOp.class);
    /** Layers that work on each number, or pass it on. */
    private static final Set<Class<? extends Op>> EACH = Set.of(
            ActivationOp.class,
            DropoutOp.class,
            ViewOp.class,
            BatchNormOp.class,
            LayerNormOp.class,
            AddOp.class,
            MultiplyOp.class);

    private final Map<Node, int[]> orders = new HashMap<>();

    private FeatureOrders() {}

    /**
     * The orders of a network.
     *
     * @throws Failure if a layer has no counterpart in PyTorch
     */
    static FeatureOrders of(Graph graph) {
        FeatureOrders all = new FeatureOrders();
        graph.nodes().forEach(node -> all.orders.put(node, all.order(node)));
        if (!isIdentity(all.orders.get(graph.output()))) {
            throw without(
                    graph.output(), ": it flattens a map into the class scores, which would come in another order");
        }
        return all;
    }

    /** The order of the last axis of a parameter: as the node's input has it for weights and for what belongs to single features. */
    int[] ofParameter(Node node, Parameter parameter) {
        boolean ofInput = node.op() instanceof BatchNormOp
                || node.op() instanceof LayerNormOp
                || parameter.carriesErrors() && parameter.spec().shape().rank() == 2;
        int width = parameter.spec().shape().extent(-1);
        return ofInput ? orders.get(node.inputs().get(0)) : identity(width);
    }

    private int[] order(Node node) {
        Op op = node.op();
        List<int[]> inputs = node.inputs().stream().map(orders::get).toList();
        if (op instanceof ConcatOp) {
            return concatenated(node, inputs);
        }
        if (op instanceof RowOp) {
            Shape from = node.inputs().get(0).shape();
            return from.rank() == 3 ? flattened(from.extent(1), from.extent(2)) : identity(from.extent(-1));
        }
        if (EACH.contains(op.getClass())) {
            if (inputs.stream().anyMatch(other -> !Arrays.equals(other, inputs.get(0)))) {
                throw without(node, ": it joins a flattened map with a vector of another order");
            }
            Shape from = node.inputs().get(0).shape();
            boolean flattens = from.rank() == 3 && node.shape().rank() == 1;
            return flattens
                    ? flattened(from.extent(0) * from.extent(1), from.extent(2))
                    : from.rank() == node.shape().rank()
                            ? inputs.get(0)
                            : identity(node.shape().extent(-1));
        }
        if (!SAME.contains(op.getClass())) {
            throw without(node, "");
        }
        return identity(node.shape().extent(-1));
    }

    private static int[] concatenated(Node node, List<int[]> inputs) {
        int[] joined = new int[node.shape().extent(-1)];
        int from = 0;
        for (int[] input : inputs) {
            for (int i = 0; i < input.length; i++) {
                joined[from + i] = from + input[i];
            }
            from += input.length;
        }
        return joined;
    }

    /** For each place of a map with channels first, the place with channels last. */
    static int[] flattened(int pixels, int channels) {
        return IntStream.range(0, pixels * channels)
                .map(i -> i % pixels * channels + i / pixels)
                .toArray();
    }

    private static int[] identity(int size) {
        return IntStream.range(0, size).toArray();
    }

    private static boolean isIdentity(int[] order) {
        return Arrays.equals(order, identity(order.length));
    }

    private static Failure without(Node node, String why) {
        return Failure.usage(
                "the layer '" + node.name() + "' of type " + node.op().kind() + " has no counterpart in PyTorch" + why,
                "Write the values as they are with --format npz.");
    }
}
