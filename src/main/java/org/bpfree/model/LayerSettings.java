package org.bpfree.model;

import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Op;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.graph.op.AddOp;
import org.bpfree.graph.op.BatchNormOp;
import org.bpfree.graph.op.ConcatOp;
import org.bpfree.graph.op.ConvOp;
import org.bpfree.graph.op.DenseOp;
import org.bpfree.graph.op.DropoutOp;
import org.bpfree.graph.op.GlobalAveragePoolOp;
import org.bpfree.graph.op.MultiplyOp;
import org.bpfree.graph.op.PoolOp;
import org.bpfree.graph.op.SumPoolOp;
import org.bpfree.graph.op.ViewOp;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Pooling;
import org.bpfree.tensor.Window;

/**
 * One entry of {@code model.layers}: what a layer computes, its optional name, and the layers it reads.
 *
 * <p>Without {@code inputs} a layer reads the layer above it in the file; the first layer reads the images. The name {@code input}
 * stands for the images.
 */
public sealed interface LayerSettings
        permits LayerSettings.Conv,
                LayerSettings.Dense,
                LayerSettings.Activation,
                LayerSettings.MaxPool,
                LayerSettings.AvgPool,
                LayerSettings.SumPool,
                LayerSettings.GlobalAvgPool,
                LayerSettings.Flatten,
                LayerSettings.Dropout,
                LayerSettings.BatchNorm,
                LayerSettings.Add,
                LayerSettings.Concat,
                LayerSettings.Multiply,
                LayerSettings.Identity,
                SequenceLayers.Tokens,
                SequenceLayers.Row,
                SequenceLayers.LayerNorm,
                SequenceLayers.PositionEmbedding,
                SequenceLayers.Attention,
                InvertibleLayers.SquareDense,
                InvertibleLayers.SquareConv,
                ShortcutLayers.PaddedIdentity {
    /** The name by which other layers refer to this one; empty for a generated name such as {@code conv1}. */
    String name();

    /** The names of the layers this one reads; empty for the layer above it in the file. */
    List<String> inputs();

    /** What the layer computes. */
    Op op();

    /** The earlier layer whose parameters this one uses, by its name; empty for parameters of its own. */
    default String share() {
        return "";
    }

    /** Whether the layer reads several others rather than one. */
    default boolean joins() {
        return false;
    }

    /** Explains {@code biasInitializer}. */
    String BIAS_INITIALIZER =
            "Law of the initial biases, with the fan-in and fan-out of the weights; PyTorch's layers start with initializer:"
                    + " fan-in-uniform and biasInitializer: fan-in-uniform.";

    /** Whether a convolution or a pool may look past the border of its input. */
    enum Padding {
        @Doc("The output has the size of the input divided by the stride, rounded up.")
        SAME,
        @Doc("Only positions where the whole window lies inside the input.")
        VALID
    }

    /** Cross-correlation with a bank of square kernels: {@code [height, width, channels] -> [height', width', filters]}. */
    @TypeName("conv")
    @Doc("Convolution (cross-correlation) with a bank of square kernels.")
    record Conv(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs,

            @Doc("Number of output channels.") @Range(min = 1)
            int filters,

            @Doc("Height and width of a kernel in pixels.") @Default("3") @Range(min = 1)
            int kernel,

            @Doc("Step between windows in pixels.") @Default("1") @Range(min = 1)
            int stride,

            @Doc("Whether windows may cross the border.") @Default("same")
            Padding padding,

            @Doc("Whether a bias is added to each channel.") @Default("true")
            boolean bias,

            @Doc("Law of the initial weights.") @Default("glorot-uniform")
            Initializer initializer,

            @Doc("Earlier layer whose weights and bias this one uses; empty for its own.") @Default("''")
            String share,

            @Doc("Factor on the initial weights.") @Default("1") @Range(min = 0, aboveMin = true)
            double initialScale,

            @Doc(BIAS_INITIALIZER) @Default("zeros") Initializer biasInitializer)
            implements LayerSettings {
        /** Checks the law of the biases. */
        public Conv {
            biasInitializer.requireOfBiases();
        }

        /** A layer with parameters of its own. */
        public Conv(
                String name,
                List<String> inputs,
                int filters,
                int kernel,
                int stride,
                Padding padding,
                boolean bias,
                Initializer initializer) {
            this(name, inputs, filters, kernel, stride, padding, bias, initializer, "");
        }

        /** A layer whose initial weights follow the law as it is. */
        public Conv(
                String name,
                List<String> inputs,
                int filters,
                int kernel,
                int stride,
                Padding padding,
                boolean bias,
                Initializer initializer,
                String share) {
            this(name, inputs, filters, kernel, stride, padding, bias, initializer, share, 1, Initializer.ZEROS);
        }

        @Override
        public Op op() {
            return new ConvOp(
                    filters,
                    new Window(kernel, stride, padding == Padding.SAME),
                    bias,
                    initializer,
                    initialScale,
                    biasInitializer);
        }
    }

    /** Fully connected layer: {@code [features] -> [units]}, or the same for each of several tokens. */
    @TypeName("dense")
    @Doc("Fully connected layer; on tokens [tokens, features] each token alone, with the same weights.")
    record Dense(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs,

            @Doc("Number of outputs.") @Range(min = 1) int units,

            @Doc("Whether a bias is added to each unit.") @Default("true")
            boolean bias,

            @Doc("Law of the initial weights.") @Default("glorot-uniform")
            Initializer initializer,

            @Doc("Earlier layer whose weights and bias this one uses; empty for its own.") @Default("''")
            String share,

            @Doc("Factor on the initial weights.") @Default("1") @Range(min = 0, aboveMin = true)
            double initialScale,

            @Doc(BIAS_INITIALIZER) @Default("zeros") Initializer biasInitializer)
            implements LayerSettings {
        /** Checks the law of the biases. */
        public Dense {
            biasInitializer.requireOfBiases();
        }

        /** A layer with parameters of its own. */
        public Dense(String name, List<String> inputs, int units, boolean bias, Initializer initializer) {
            this(name, inputs, units, bias, initializer, "");
        }

        /** A layer whose initial weights follow the law as it is. */
        public Dense(String name, List<String> inputs, int units, boolean bias, Initializer initializer, String share) {
            this(name, inputs, units, bias, initializer, share, 1, Initializer.ZEROS);
        }

        @Override
        public Op op() {
            return new DenseOp(units, bias, initializer, initialScale, biasInitializer);
        }
    }

    /** Elementwise non-linearity. */
    @TypeName("activation")
    @Doc("Elementwise non-linearity.")
    record Activation(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs,

            @Doc("The function that each number goes through.")
            ActivationFunction function)
            implements LayerSettings {
        @Override
        public Op op() {
            return new ActivationOp(function);
        }
    }

    /** Largest value of each window. */
    @TypeName("max-pool")
    @Doc("Largest value of each window.")
    record MaxPool(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs,

            @Doc("Height and width of a window in pixels.") @Default("2") @Range(min = 1)
            int size,

            @Doc("Step between windows in pixels, 0 for the size of the window.") @Default("0") @Range(min = 0)
            int stride,

            @Doc("Whether windows may cross the border.") @Default("valid")
            Padding padding)
            implements LayerSettings {
        @Override
        public Op op() {
            return new PoolOp("max-pool", Pooling.Reduction.MAX, poolWindow(size, stride, padding));
        }
    }

    /** Mean of each window. */
    @TypeName("avg-pool")
    @Doc("Mean of each window.")
    record AvgPool(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs,

            @Doc("Height and width of a window in pixels.") @Default("2") @Range(min = 1)
            int size,

            @Doc("Step between windows in pixels, 0 for the size of the window.") @Default("0") @Range(min = 0)
            int stride,

            @Doc("Whether windows may cross the border.") @Default("valid")
            Padding padding)
            implements LayerSettings {
        @Override
        public Op op() {
            return new PoolOp("avg-pool", Pooling.Reduction.MEAN, poolWindow(size, stride, padding));
        }
    }

    /** Weighted sum of each window; windows do not overlap. */
    @TypeName("sum-pool")
    @Doc("Sum of each window times a fixed weight; windows do not overlap and do not cross the border.")
    record SumPool(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs,

            @Doc("Height and width of a window in pixels, and step between windows.") @Default("2") @Range(min = 1)
            int size,

            @Doc("Factor on the sum; 1.1 in the spiking networks of TSSL-BP.") @Default("1.1")
            double weight)
            implements LayerSettings {
        @Override
        public Op op() {
            return new SumPoolOp(size, weight);
        }
    }

    /** Mean over positions or tokens: {@code [height, width, channels]} or {@code [tokens, channels] -> [channels]}. */
    @TypeName("global-avg-pool")
    @Doc("Mean of each channel over all positions of a map, or of each feature over all tokens.")
    record GlobalAvgPool(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs)
            implements LayerSettings {
        @Override
        public Op op() {
            return new GlobalAveragePoolOp();
        }
    }

    /** {@code [height, width, channels] -> [height * width * channels]}. */
    @TypeName("flatten")
    @Doc("Maps become one vector.")
    record Flatten(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs)
            implements LayerSettings {
        @Override
        public Op op() {
            return new ViewOp("flatten", true);
        }
    }

    /** Silences values at random during training and scales the others up. */
    @TypeName("dropout")
    @Doc("Silences values at random during training and scales the others up.")
    record Dropout(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs,

            @Doc("Probability that a value is silenced.") @Default("0.5") @Range(min = 0, max = 1, belowMax = true)
            double rate,

            @Doc("What is silenced together.") @Default("values")
            DropoutOp.Together together)
            implements LayerSettings {
        /** A layer that silences each value alone. */
        public Dropout(String name, List<String> inputs, double rate) {
            this(name, inputs, rate, DropoutOp.Together.VALUES);
        }

        @Override
        public Op op() {
            return new DropoutOp(rate, together);
        }
    }

    /** Standardizes each channel over the batch, then scales and shifts it. */
    @TypeName("batch-norm")
    @Doc("Standardizes each channel over the batch, then scales and shifts it.")
    record BatchNorm(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs,

            @Doc("Weight of a batch in the running mean and variance.")
            @Default("0.1")
            @Range(min = 0, max = 1, aboveMin = true)
            double momentum,

            @Doc("Added to the variance, so that a constant channel is not divided by zero.")
            @Default("1.0e-5")
            @Range(min = 0, aboveMin = true)
            double epsilon)
            implements LayerSettings {
        @Override
        public Op op() {
            return new BatchNormOp(momentum, epsilon);
        }
    }

    /** Sum of equally shaped layers. */
    @TypeName("add")
    @Doc("Sum of equally shaped layers.")
    record Add(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers to join, at least two.") List<String> inputs)
            implements LayerSettings {
        /** Checks that there is something to join. */
        public Add {
            requireJoin(inputs);
        }

        @Override
        public boolean joins() {
            return true;
        }

        @Override
        public Op op() {
            return new AddOp();
        }
    }

    /** Layers side by side along the last axis (channels or features). */
    @TypeName("concat")
    @Doc("Layers side by side along the last axis.")
    record Concat(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers to join, at least two.") List<String> inputs)
            implements LayerSettings {
        /** Checks that there is something to join. */
        public Concat {
            requireJoin(inputs);
        }

        @Override
        public boolean joins() {
            return true;
        }

        @Override
        public Op op() {
            return new ConcatOp();
        }
    }

    /** Elementwise product of equally shaped layers. */
    @TypeName("multiply")
    @Doc("Elementwise product of equally shaped layers.")
    record Multiply(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers to join, at least two.") List<String> inputs)
            implements LayerSettings {
        /** Checks that there is something to join. */
        public Multiply {
            requireJoin(inputs);
        }

        @Override
        public boolean joins() {
            return true;
        }

        @Override
        public Op op() {
            return new MultiplyOp();
        }
    }

    /** The input itself. */
    @TypeName("identity")
    @Doc("The input itself.")
    record Identity(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs)
            implements LayerSettings {
        @Override
        public Op op() {
            return new ViewOp("identity", false);
        }
    }

    private static Window poolWindow(int size, int stride, Padding padding) {
        return new Window(size, stride == 0 ? size : stride, padding == Padding.SAME);
    }

    private static void requireJoin(List<String> inputs) {
        if (inputs.size() < 2) {
            throw new InvalidSetting(
                    "inputs", "joins " + inputs.size() + " layer(s), but needs at least 2. Name the layers to join.");
        }
    }
}
