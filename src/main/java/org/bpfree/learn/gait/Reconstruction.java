package org.bpfree.learn.gait;

import java.util.List;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Pass;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Columns;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * The input of a layer from its pre-activations, auxiliary units included: {@code x^ = (a - b) W^-T}, and for convolutions the sum of
 * the patches so found, less what overlapping patches counted more than once, {@code (R - 1) x} with {@code R} the number of patches that
 * cover a pixel (arXiv 2102.11598, code {@code InvConv.inverse}). A pixel that no patch covers stays as it is.
 */
final class Reconstruction {
    private final Node node;
    private final Inverse inverse;
    private final Tensor input;
    private final Tensor whole;
    private final Tensor patches;
    private final Kernel kernel;

    Reconstruction(Node node, Pass pass, Inverse inverse, Arena arena) {
        this.node = node;
        this.inverse = inverse;
        input = pass.activation(node.inputs().get(0));
        Tensor weights = pass.parameters().get(node.parameters().get(0));
        int width = weights.shape().extent(0);
        int batch = pass.batch();
        whole = arena.batch("whole/" + node.name(), batch, node.shape().withLast(width));
        patches = arena.batch(
                "reconstruction/" + node.name(), batch, input.shape().inner());
        kernel = bind(weights, input, whole, arena);
    }

    private Kernel bind(Tensor weights, Tensor from, Tensor to, Arena arena) {
        return node.op()
                .invertible(node.inputShapes())
                .orElseThrow()
                .bind(new Kernel.Binding(
                        node.name(), List.of(from), List.of(weights), to, arena, Kernel.Mode.TRAIN, purpose -> {
                            throw new IllegalStateException("a square layer draws no random numbers");
                        }));
    }

    /**
     * The error of the input, {@code m (x - t)}.
     *
     * @param targets of the pre-activations that are read, without bias
     * @param increments of this layer
     * @param overlaps {@code R}, from {@link #overlaps}
     * @param below written
     */
    Routine below(Tensor targets, Increments increments, double[] overlaps, Tensor below) {
        double[] x = new double[overlaps.length];
        double[] t = new double[overlaps.length];
        Routine invert = whole(targets);
        return () -> {
            invert.run();
            for (int sample = 0; sample < input.shape().extent(0); sample++) {
                input.read(sample * x.length, x, 0, x.length);
                patches.read(sample * x.length, t, 0, x.length);
                double compensation = increments.compensationBelow(sample);
                for (int i = 0; i < x.length; i++) {
                    t[i] -= (overlaps[i] - 1) * x[i];
                    x[i] = compensation * (x[i] - t[i]);
                }
                patches.write(sample * x.length, t, 0, x.length);
                below.write(sample * x.length, x, 0, x.length);
            }
        };
    }

    /** Inverts the targets of the units that are read together with the activities of the auxiliary ones. */
    private Routine whole(Tensor targets) {
        Routine forward = kernel::forward;
        Routine replace = forward.then(Columns.put(targets, whole, 0));
        if (inverse.dense()) {
            return replace.then(() -> patches.copyFrom(whole)).then(inverse.solveRows(patches));
        }
        return replace.then(inverse.firstRows(whole.shape().extent(-1)))
                .then(adjoint(kernel, inverse.place(), whole, patches));
    }

    private static Routine adjoint(Kernel kernel, Tensor feedback, Tensor error, Tensor inputError) {
        return kernel.backward(
                new Kernel.Wiring(List.of(feedback), error, new Tensor[] {inputError}, new Tensor[] {null}));
    }

    /** {@code R}: how many patches cover each number of the input; found by taking ones apart and putting them together again. */
    double[] overlaps() {
        int width = whole.shape().extent(-1);
        Arena scratch = new Arena(input.precision());
        Tensor ones = scratch.batch("ones", 1, input.shape().inner());
        Tensor counts = scratch.batch("counts", 1, input.shape().inner());
        Tensor taken = scratch.batch("taken", 1, whole.shape().inner());
        Tensor identity = scratch.fixed("identity", inverse.place().shape());
        ones.fill(1);
        for (int i = 0; i < width; i++) {
            identity.set(i * width + i, 1);
        }
        Kernel patchwork = bind(identity, ones, taken, scratch);
        patchwork.forward();
        adjoint(patchwork, identity, taken, counts).run();
        double[] overlaps = counts.toDoubles();
        for (int i = 0; i < overlaps.length; i++) {
            overlaps[i] = Math.rint(overlaps[i]);
        }
        return overlaps;
    }
}
