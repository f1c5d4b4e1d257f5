package org.bpfree.learn.gait;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Columns;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * How errors {@code e = m (y - t)} travel: the updates of a layer are its own backward's, of the error times {@code f'}; the error of the
 * layer below comes from a {@link Displacement} through the {@link Inverse}.
 */
final class TargetRule implements ErrorSweep.Rule {
    private final Targets targets;
    private final LearnerContext context;
    private final Map<Node, Inverse> inverses;
    private final Function<Parameter, Tensor> updates;
    private final Map<Node, Increments> increments = new HashMap<>(); // of the layers that targets cross

    TargetRule(
            Targets targets,
            LearnerContext context,
            Map<Node, Inverse> inverses,
            int batch,
            Function<Parameter, Tensor> updates) {
        this.targets = targets;
        this.context = context;
        this.inverses = inverses;
        this.updates = updates;
        List<Node> fromOutput = new ArrayList<>(context.graph().nodes());
        Collections.reverse(fromOutput);
        Increments above = Increments.atOutput(targets, batch);
        for (Node layer : fromOutput) {
            if (inverses.containsKey(layer)) {
                above = above.below(units(layer));
                increments.put(layer, above);
            }
        }
    }

    /** The units of a layer, auxiliary ones included. */
    private static double units(Node layer) {
        double positions = (double) layer.shape().size() / layer.shape().extent(-1);
        return positions * layer.parameters().get(0).spec().shape().extent(0);
    }

    /** Where the displaced activities of a layer are kept. */
    private Tensor displaced(Node layer, int batch) {
        return context.arena().batch("displaced/" + layer.name(), batch, layer.shape());
    }

    @Override
    public Tensor update(Parameter parameter) {
        return updates.apply(parameter);
    }

    @Override
    public Tensor feedback(Parameter parameter) {
        return context.parameters().get(parameter);
    }

    @Override
    public Routine backward(Node node, Pass pass, Kernel.Wiring wiring) {
        if (node.op().pointwise().isPresent()) {
            Node layer = node.inputs().get(0);
            Routine displace = inverses.containsKey(layer)
                    ? displace(layer, pass.activation(node), wiring.error(), true)
                    : Routine.NOTHING;
            return displace.then(pass.kernel(node).backward(wiring));
        }
        if (wiring.inputErrors().length == 0
                || wiring.inputError() == null
                || node.parameters().isEmpty()) {
            return pass.kernel(node).backward(wiring);
        }
        // The activation right above a layer, where there is one, has displaced it.
        boolean done = context.graph().consumers(node).stream()
                .anyMatch(reader -> reader.op().pointwise().isPresent());
        Routine displace = done ? Routine.NOTHING : displace(node, pass.activation(node), wiring.error(), false);
        return displace.then(updatesOnly(node, pass, wiring)).then(descend(node, pass, wiring.inputError()));
    }

    private Routine displace(Node layer, Tensor activity, Tensor error, boolean leaky) {
        Tensor moved = displaced(layer, activity.shape().extent(0));
        Tensor bias = layer.parameters().size() > 1
                ? context.parameters().get(layer.parameters().get(1))
                : null;
        return new Displacement(targets, leaky, increments.get(layer), activity, error, bias, moved);
    }

    private static Routine updatesOnly(Node node, Pass pass, Kernel.Wiring wiring) {
        return pass.kernel(node)
                .backward(new Kernel.Wiring(wiring.feedback(), wiring.error(), new Tensor[1], wiring.gradients()));
    }

    private Routine descend(Node node, Pass pass, Tensor below) {
        Inverse inverse = inverses.get(node);
        Tensor moved = displaced(node, pass.batch());
        if (targets.literal()) {
            Reconstruction reconstruction = new Reconstruction(node, pass, inverse, context.arena());
            return reconstruction.below(moved, increments.get(node), reconstruction.overlaps(), below);
        }
        if (inverse.dense()) {
            Routine pad = moved.shape().equals(below.shape())
                    ? Elementwise.copy(moved, below)
                    : ((Routine) () -> below.fill(0)).then(Columns.put(moved, below, 0));
            return pad.then(inverse.solveRows(below));
        }
        int read = node.shape().extent(-1);
        Kernel.Wiring throughInverse = new Kernel.Wiring(
                Collections.nCopies(node.parameters().size(), inverse.place()),
                moved,
                new Tensor[] {below},
                new Tensor[node.parameters().size()]);
        return inverse.firstRows(read).then(pass.kernel(node).backward(throughInverse));
    }
}
