package org.bpfree.model;

import java.util.List;
import java.util.Optional;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Op;
import org.bpfree.graph.op.DepthwiseConvOp;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Extension;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.Window;

/** Depthwise convolution, which announces itself. */
public final class DepthwiseConv implements Extension {
    @Override
    public List<Class<? extends Record>> members() {
        return List.of(Layer.class);
    }

    /** The layer: {@code [height, width, channels] -> [height', width', channels * multiplier]}. */
    @TypeName("depthwise-conv")
    @Doc("Convolution of each channel with square kernels of its own; a 1x1 conv above it mixes channels.")
    public record Layer(
            @Doc("Height and width of a kernel in pixels.") @Default("3") @Range(min = 1)
            int kernel,

            @Doc("Step between windows in pixels.") @Default("1") @Range(min = 1)
            int stride,

            @Doc("Whether windows may cross the border.") @Default("same")
            Padding padding,

            @Doc("Kernels of each channel: the output has as many times its channels.") @Default("1") @Range(min = 1)
            int multiplier,

            @Doc("Whether a bias is added to each output channel.") @Default("true")
            boolean bias,

            @Doc("Law of the initial weights; fan-in is kernel x kernel, fan-out multiplier times that.")
            @Default("glorot-uniform")
            Initializer initializer,

            @Doc("Factor on the initial weights.") @Default("1") @Range(min = 0, aboveMin = true)
            double initialScale,

            @Doc("Law of the initial biases, with the fan-in and fan-out of the weights.") @Default("zeros")
            Initializer biasInitializer)
            implements LayerKind {
        /** Checks the law of the biases. */
        public Layer {
            biasInitializer.requireOfBiases();
        }

        @Override
        public boolean canShare() {
            return true;
        }

        @Override
        public LayerKind withLaws(Optional<Initializer> weights, Optional<Initializer> biases) {
            return new Layer(
                    kernel,
                    stride,
                    padding,
                    multiplier,
                    bias,
                    weights.orElse(initializer),
                    initialScale,
                    biases.orElse(biasInitializer));
        }

        @Override
        public Op op() {
            return new DepthwiseConvOp(
                    multiplier,
                    new Window(kernel, stride, padding == Padding.SAME),
                    bias,
                    initializer,
                    initialScale,
                    biasInitializer);
        }
    }
}
