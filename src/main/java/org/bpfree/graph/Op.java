package org.bpfree.graph;

import java.util.List;
import java.util.Optional;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Pooling;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Window;

/**
 * What a node computes: one forward and one local backward. An op knows nothing of batches, learners or its place in a network.
 *
 * <p>Others ask an op for its traits, never for its class; each trait is absent unless the op says otherwise, so what relies on one refuses
 * an op that it does not know.
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

    /** The function that the op applies to each number of its only input by itself; empty where it does anything else. */
    default Optional<ActivationFunction> pointwise() {
        return Optional.empty();
    }

    /** Whether the op keeps what is above zero of its only input, and nothing else. */
    default boolean isRectifier() {
        return pointwise().filter(ActivationFunction.RELU::equals).isPresent();
    }

    /**
     * Whether every output is a sum of all features of its place, weighted: the product with weights {@code [out, in]}, plus a bias if there
     * is a second parameter.
     */
    default boolean isDense() {
        return false;
    }

    /**
     * The windows of a cross-correlation with weights {@code [filters, size, size, channels]}, each of which sees all channels, plus a bias if
     * there is a second parameter; empty for everything else, weighted sums of other forms included.
     */
    default Optional<Window> convolution() {
        return Optional.empty();
    }

    /**
     * The linear map that targets can be carried down through: the op without bias and with all outputs of its first parameter, square
     * weights {@code [size, ...]} of {@code size * size} numbers. Empty where weights have no inverse, and where there are none.
     */
    default Optional<Op> invertible(List<Shape> inputs) {
        return Optional.empty();
    }

    /** Windows of maps that are each reduced to a number a channel. */
    record Pool(Pooling.Reduction reduction, Window window) {}

    /** What the op reduces each window of its only input to; empty where it is no pool. */
    default Optional<Pool> pool() {
        return Optional.empty();
    }

    /**
     * Whether the op has no parameters and its output, at any one time, is a linear function of the inputs. Where only linear ops are taken,
     * one that does not say so is refused.
     */
    default boolean isFixedLinear() {
        return false;
    }

    /** Whether what the op makes of a sample in training depends on the other samples of the batch. */
    default boolean normalizesOverBatch() {
        return false;
    }

    /** Whether the op silences numbers at random in training. */
    default boolean silencesAtRandom() {
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
