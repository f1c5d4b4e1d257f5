package org.bpfree.model;

import java.util.Optional;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Op;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.graph.op.BatchNormOp;
import org.bpfree.graph.op.ConvOp;
import org.bpfree.graph.op.DenseOp;
import org.bpfree.graph.op.DropoutOp;
import org.bpfree.graph.op.ViewOp;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Window;

/** The layers of most networks. */
public final class BasicLayers {
    private static final String BIAS_INITIALIZER =
            "Law of the initial biases, with the fan-in and fan-out of the weights; PyTorch's layers start with initializer:"
                    + " fan-in-uniform and biasInitializer: fan-in-uniform.";

    private BasicLayers() {}

    /** Cross-correlation with a bank of square kernels: {@code [height, width, channels] -> [height', width', filters]}. */
    @TypeName("conv")
    @Doc("Convolution (cross-correlation) with a bank of square kernels.")
    public record Conv(
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

            @Doc("Factor on the initial weights.") @Default("1") @Range(min = 0, aboveMin = true)
            double initialScale,

            @Doc(BIAS_INITIALIZER) @Default("zeros") Initializer biasInitializer)
            implements LayerKind {
        /** Checks the law of the biases. */
        public Conv {
            biasInitializer.requireOfBiases();
        }

        @Override
        public boolean canShare() {
            return true;
        }

        @Override
        public LayerKind withLaws(Optional<Initializer> weights, Optional<Initializer> biases) {
            return new Conv(
                    filters,
                    kernel,
                    stride,
                    padding,
                    bias,
                    weights.orElse(initializer),
                    initialScale,
                    biases.orElse(biasInitializer));
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
    public record Dense(
            @Doc("Number of outputs.") @Range(min = 1) int units,

            @Doc("Whether a bias is added to each unit.") @Default("true")
            boolean bias,

            @Doc("Law of the initial weights.") @Default("glorot-uniform")
            Initializer initializer,

            @Doc("Factor on the initial weights.") @Default("1") @Range(min = 0, aboveMin = true)
            double initialScale,

            @Doc(BIAS_INITIALIZER) @Default("zeros") Initializer biasInitializer)
            implements LayerKind {
        /** Checks the law of the biases. */
        public Dense {
            biasInitializer.requireOfBiases();
        }

        @Override
        public boolean canShare() {
            return true;
        }

        @Override
        public LayerKind withLaws(Optional<Initializer> weights, Optional<Initializer> biases) {
            return new Dense(units, bias, weights.orElse(initializer), initialScale, biases.orElse(biasInitializer));
        }

        @Override
        public Op op() {
            return new DenseOp(units, bias, initializer, initialScale, biasInitializer);
        }
    }

    /** Elementwise non-linearity. */
    @TypeName("activation")
    @Doc("Elementwise non-linearity.")
    public record Activation(
            @Doc("The function that each number goes through.")
            ActivationFunction function) implements LayerKind {
        @Override
        public Op op() {
            return new ActivationOp(function);
        }
    }

    /** {@code [height, width, channels] -> [height * width * channels]}. */
    @TypeName("flatten")
    @Doc("Maps become one vector.")
    public record Flatten() implements LayerKind {
        @Override
        public Op op() {
            return new ViewOp("flatten", true);
        }
    }

    /** Silences values at random during training and scales the others up. */
    @TypeName("dropout")
    @Doc("Silences values at random during training and scales the others up.")
    public record Dropout(
            @Doc("Probability that a value is silenced.") @Default("0.5") @Range(min = 0, max = 1, belowMax = true)
            double rate,

            @Doc("What is silenced together.") @Default("values")
            DropoutOp.Together together)
            implements LayerKind {

        @Override
        public Op op() {
            return new DropoutOp(rate, together);
        }
    }

    /** Standardizes each channel over the batch, then scales and shifts it. */
    @TypeName("batch-norm")
    @Doc("Standardizes each channel over the batch, then scales and shifts it.")
    public record BatchNorm(
            @Doc("Weight of a batch in the running mean and variance.")
            @Default("0.1")
            @Range(min = 0, max = 1, aboveMin = true)
            double momentum,

            @Doc("Added to the variance, so that a constant channel is not divided by zero.")
            @Default("1.0e-5")
            @Range(min = 0, aboveMin = true)
            double epsilon)
            implements LayerKind {
        @Override
        public Op op() {
            return new BatchNormOp(momentum, epsilon);
        }
    }

    /** The input itself. */
    @TypeName("identity")
    @Doc("The input itself.")
    public record Identity() implements LayerKind {
        @Override
        public Op op() {
            return new ViewOp("identity", false);
        }
    }
}
