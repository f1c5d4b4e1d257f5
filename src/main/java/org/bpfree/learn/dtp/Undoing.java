package org.bpfree.learn.dtp;

import java.util.List;
import java.util.function.Function;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.tensor.Activation;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * What the inverse {@code G(y) = B h(y)} of a stage does before its weights: {@code h} undoes what follows the layer, in reverse order. Pools put
 * a number where the largest stood, or spread it; in the mirrored form an activation acts on the target once more.
 */
final class Undoing {
    private final Stage stage;
    private final boolean mirrored;
    private final Arena arena;
    private final int batch;

    /**
     * Undoing for one batch size.
     *
     * @param mirrored whether activations act on targets; else changes of targets are multiplied by derivatives
     */
    Undoing(Stage stage, boolean mirrored, Arena arena, int batch) {
        this.stage = stage;
        this.mirrored = mirrored;
        this.arena = arena;
        this.batch = batch;
    }

    /**
     * A tensor and what computes it.
     *
     * @param tensor {@code [batch, ...]}
     * @param routine writes it
     */
    record Result(Tensor tensor, Routine routine) {}

    /**
     * {@code h(y)}, mirrored.
     *
     * @param name of the use, for scratch
     * @param y as the output of the stage
     * @param kernels of the forward that says where maxima stood
     * @return as the output of the layer
     */
    Result of(String name, Tensor y, Function<Node, Kernel> kernels) {
        return descend(name, y, kernels, true);
    }

    /**
     * {@code h(y) - h(x)}, or {@code y - x} through the backward of what follows the layer.
     *
     * @param kernelsOfY of the forward that made {@code y}
     * @param kernelsOfX of the forward that made {@code x}
     * @return as the output of the layer
     */
    Result change(
            String name, Tensor y, Function<Node, Kernel> kernelsOfY, Tensor x, Function<Node, Kernel> kernelsOfX) {
        if (mirrored) {
            Result ofY = of(name + "/y", y, kernelsOfY);
            Result ofX = of(name + "/x", x, kernelsOfX);
            Tensor change = scratch(name + "/change", stage.layer().shape());
            return new Result(
                    change, ofY.routine.then(ofX.routine).then(Elementwise.subtract(ofY.tensor, ofX.tensor, change)));
        }
        Tensor change = scratch(name + "/change", stage.top().shape());
        Result down = descend(name, change, kernelsOfX, false);
        return new Result(down.tensor, Elementwise.subtract(y, x, change).then(down.routine));
    }

    private Result descend(String name, Tensor from, Function<Node, Kernel> kernels, boolean acting) {
        Tensor present = from;
        Routine routine = Routine.NOTHING;
        for (int i = stage.above().size() - 1; i >= 0; i--) {
            Node node = stage.above().get(i);
            Shape below = node.inputs().get(0).shape();
            if (node.op().isView()) {
                present = present.reshape(below.batched(batch));
                continue;
            }
            Tensor undone = scratch(name + "/" + node.name(), below);
            routine = routine.then(
                    acting && node.op().pointwise().isPresent()
                            ? Activation.forward(node.op().pointwise().get(), present, undone)
                            : kernels.apply(node)
                                    .backward(new Kernel.Wiring(
                                            List.of(), present, new Tensor[] {undone}, new Tensor[0])));
            present = undone;
        }
        return new Result(present, routine);
    }

    private Tensor scratch(String name, Shape sample) {
        return arena.batch(name + "/" + stage.layer().name(), batch, sample);
    }
}
