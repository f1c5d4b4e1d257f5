package org.bpfree.model;

import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Op;
import org.bpfree.graph.op.SquareConvOp;
import org.bpfree.graph.op.SquareDenseOp;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.Window;

/** The layers with square weights, which can be inverted. */
public final class InvertibleLayers {
    private InvertibleLayers() {}

    /** Fully connected layer that can be inverted: {@code [width] -> [read]}. */
    @TypeName("square-dense")
    @Doc("Fully connected layer with square weights, which can be inverted; units that nothing reads are auxiliary.")
    public record SquareDense(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs,

            @Doc("Inputs and units of the layer, 0 for as many as it has inputs.") @Default("0") @Range(min = 0)
            int width,

            @Doc("Units that the next layer reads, 0 for all; the others are auxiliary.") @Default("0") @Range(min = 0)
            int read,

            @Doc("Whether a bias is added to each unit.") @Default("true")
            boolean bias,

            @Doc("Law of the initial weights.") @Default("orthogonal")
            Initializer initializer)
            implements LayerSettings {
        @Override
        public Op op() {
            return new SquareDenseOp(width, read, bias, initializer);
        }
    }

    /** Convolution that can be inverted: {@code [height, width, channels] -> [height', width', read]}. */
    @TypeName("square-conv")
    @Doc(
            "Convolution with as many kernels as a patch has numbers, which can be inverted; channels that nothing reads are"
                    + " auxiliary.")
    public record SquareConv(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs,

            @Doc(
                    "Output channels that the next layer reads, at most kernel * kernel * channels; the others are auxiliary.")
            @Range(min = 1)
            int read,

            @Doc("Height and width of a kernel in pixels.") @Default("3") @Range(min = 1)
            int kernel,

            @Doc("Step between windows in pixels.") @Default("1") @Range(min = 1)
            int stride,

            @Doc("Whether windows may cross the border.") @Default("same")
            LayerSettings.Padding padding,

            @Doc("Whether a bias is added to each channel.") @Default("true")
            boolean bias,

            @Doc("Law of the initial weights.") @Default("orthogonal")
            Initializer initializer)
            implements LayerSettings {
        @Override
        public Op op() {
            return new SquareConvOp(
                    read, new Window(kernel, stride, padding == LayerSettings.Padding.SAME), bias, initializer);
        }
    }
}
