package org.bpfree.graph.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.Convolution;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.tensor.Window;

/**
 * Cross-correlation of maps {@code [height, width, in]} with kernels {@code [filters, size, size, in]}.
 *
 * @param filters number of output channels
 * @param window size, stride and padding
 * @param bias whether a bias is added to each channel
 * @param initializer law of the initial weights
 * @param initialScale factor on the initial weights
 * @param biasInitializer law of the initial biases, scaled by the connections of the weights
 */
public record ConvOp(
        int filters,
        Window window,
        boolean bias,
        Initializer initializer,
        double initialScale,
        Initializer biasInitializer)
        implements Op {
    /** A layer whose initial weights follow the law as it is, and whose biases start at zero. */
    public ConvOp(int filters, Window window, boolean bias, Initializer initializer) {
        this(filters, window, bias, initializer, 1, Initializer.ZEROS);
    }

    @Override
    public String kind() {
        return "conv";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Maps.windows(inputs.get(0), window, "kernel").withLast(filters);
    }

    @Override
    public List<ParameterSpec> parameters(List<Shape> inputs) {
        int in = inputs.get(0).extent(2);
        int size = window.size();
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.weights(
                        Shape.of(filters, size, size, in),
                        initializer,
                        (long) in * size * size,
                        (long) filters * size * size)
                .times(initialScale));
        if (bias) {
            specs.add(ParameterSpec.bias(
                    filters, biasInitializer, (long) in * size * size, (long) filters * size * size));
        }
        return specs;
    }

    @Override
    public long multiplyAdds(List<Shape> inputs) {
        return outputShape(inputs).size()
                * window.size()
                * window.size()
                * inputs.get(0).extent(2);
    }

    @Override
    public Optional<Window> convolution() {
        return Optional.of(window);
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        Tensor weights = binding.parameters().get(0);
        Routine forward = Convolution.forward(
                binding.input(), weights, bias ? binding.parameters().get(1) : null, binding.output(), window);
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                Tensor biasGradient = bias ? wiring.gradients()[1] : null;
                Tensor weightGradient = wiring.gradients()[0];
                if (wiring.inputError() == null) {
                    return weightGradient == null
                            ? Routine.NOTHING
                            : Convolution.gradient(
                                    binding.input(), wiring.error(), weightGradient, biasGradient, window);
                }
                if (weightGradient == null) {
                    return Convolution.inputError(
                            binding.input(), wiring.feedback().get(0), wiring.error(), wiring.inputError(), window);
                }
                return Convolution.backward(
                        binding.input(),
                        wiring.feedback().get(0),
                        wiring.error(),
                        wiring.inputError(),
                        weightGradient,
                        biasGradient,
                        window);
            }
        };
    }

    /** Rejects a kernel of extent 0 early, with the setting to change. */
    public ConvOp {
        if (window.size() < 1) {
            throw new InvalidSetting("kernel", window.size() + " is below 1.");
        }
    }
}
