package org.bpfree.graph;

import java.util.List;
import java.util.Optional;
import org.bpfree.tensor.Shape;

/**
 * What a node computes: one forward and one local backward. An op knows nothing of batches, learners or its place in a network.
 *
 * <p>Shapes are those of one sample; every tensor has the batch as an additional outermost axis.
 */
public interface Op {
    /** The kind of op as written in an experiment file; also the stem of generated node names. */
    String kind();

    /**
     * The shape of the output.
     *
     * @throws org.bpfree.settings.InvalidSetting if the inputs do not fit, naming the setting to change
     */
    Shape outputShape(List<Shape> inputs);

    /** The tensors this op is parameterized by, in the order in which {@link Kernel.Binding#parameters} gives them. */
    default List<ParameterSpec> parameters(List<Shape> inputs) {
        return List.of();
    }

    /** Whether the output holds the numbers of the only input unchanged and may share its memory. */
    default boolean isView() {
        return false;
    }

    /** Whether the output is the sum of the inputs, so that its error is the error of each of them. */
    default boolean isSum() {
        return false;
    }

    /** Whether the op keeps what is above zero of its only input, and nothing else. */
    default boolean isRectifier() {
        return false;
    }

    /**
     * The op that computes what this one and a rectifier behind it compute together: of the inputs of this one, or of a shortcut and those,
     * where the rectifier reads the sum of both. Empty where there is none.
     */
    default Optional<Op> rectified() {
        return Optional.empty();
    }

    /** Binds the op to tensors. */
    Kernel bind(Kernel.Binding binding);

    /** Multiply-add operations of one forward pass of one sample, for throughput figures. */
    default long multiplyAdds(List<Shape> inputs) {
        return 0;
    }

    /** Numbers in the largest tensor that one sample takes, scratch included; one tensor of a batch holds at most 2 GiB. */
    default long largestTensor(List<Shape> inputs) {
        return outputShape(inputs).size();
    }
}
