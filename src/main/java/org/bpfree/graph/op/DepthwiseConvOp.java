package org.bpfree.graph.op;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.tensor.DepthwiseConvolution;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.tensor.Window;

/**
 * Cross-correlation of each channel of maps {@code [height, width, channels]} with kernels of its own, {@code [channels * multiplier, size,
 * size, 1]} (Howard et al., <i>MobileNets</i>, arXiv 1704.04861, section 3.1). The outputs of a channel are neighbours, as those of PyTorch's
 * {@code Conv2d} with as many groups as channels.
 *
 * @param multiplier outputs of each channel
 * @param window size, stride and padding
 * @param bias whether a bias is added to each output channel
 * @param initializer law of the initial weights
 * @param initialScale factor on the initial weights
 * @param biasInitializer law of the initial biases, scaled by the connections of the weights
 */
public record DepthwiseConvOp(
        int multiplier,
        Window window,
        boolean bias,
        Initializer initializer,
        double initialScale,
        Initializer biasInitializer)
        implements Op {
    @Override
    public String kind() {
        return "depthwise-conv";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Maps.windows(inputs.get(0), window, "kernel").withLast(outputs(inputs));
    }

    private int outputs(List<Shape> inputs) {
        return Maps.requireMap(inputs.get(0), "kernel").extent(2) * multiplier;
    }

    @Override
    public List<ParameterSpec> parameters(List<Shape> inputs) {
        int size = window.size();
        long fanIn = (long) size * size;
        long fanOut = fanIn * multiplier;
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.weights(Shape.of(outputs(inputs), size, size, 1), initializer, fanIn, fanOut)
                .times(initialScale));
        if (bias) {
            specs.add(ParameterSpec.bias(outputs(inputs), biasInitializer, fanIn, fanOut));
        }
        return specs;
    }

    @Override
    public long multiplyAdds(List<Shape> inputs) {
        return outputShape(inputs).size() * window.size() * window.size();
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        Tensor weights = binding.parameters().get(0);
        Routine forward = DepthwiseConvolution.forward(
                binding.input(), weights, bias ? binding.parameters().get(1) : null, binding.output(), window);
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                return DepthwiseConvolution.backward(
                        binding.input(),
                        wiring.feedback().get(0),
                        wiring.error(),
                        wiring.inputError(),
                        wiring.gradients()[0],
                        bias ? wiring.gradients()[1] : null,
                        window);
            }
        };
    }
}
