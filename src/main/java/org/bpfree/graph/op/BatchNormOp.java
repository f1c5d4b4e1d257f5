package org.bpfree.graph.op;

import java.util.List;
import java.util.Optional;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.graph.ParameterSpec.Role;
import org.bpfree.tensor.BatchNormalization;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * Standardizes each channel over the batch, then scales and shifts it.
 *
 * @param momentum weight of a batch in the running statistics
 * @param epsilon added to the variance
 */
public record BatchNormOp(double momentum, double epsilon) implements Op {
    @Override
    public String kind() {
        return "batch-norm";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public List<ParameterSpec> parameters(List<Shape> inputs) {
        int channels = inputs.get(0).extent(-1);
        return List.of(
                ParameterSpec.vector("scale", channels, Role.SCALE, Initializer.ONES),
                ParameterSpec.vector("shift", channels, Role.BIAS, Initializer.ZEROS),
                ParameterSpec.vector("runningMean", channels, Role.STATISTIC, Initializer.ZEROS),
                ParameterSpec.vector("runningVariance", channels, Role.STATISTIC, Initializer.ONES));
    }

    @Override
    public Optional<Op> rectified() {
        return Optional.of(new RectifiedBatchNormOp(this));
    }

    @Override
    public boolean normalizesOverBatch() {
        return true;
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        List<Tensor> parameters = binding.parameters();
        BatchNormalization normalization = new BatchNormalization(
                binding.input(), parameters.get(0), parameters.get(1), binding.output(), epsilon);
        Routine forward = forward(normalization, binding);
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                return () -> normalization.backward(
                        wiring.error(),
                        wiring.feedback().get(0),
                        wiring.inputError(),
                        wiring.gradients()[0],
                        wiring.gradients()[1]);
            }
        };
    }

    /** The forward pass that the mode of the binding asks for. */
    Routine forward(BatchNormalization normalization, Kernel.Binding binding) {
        Tensor runningMean = binding.parameters().get(2);
        Tensor runningVariance = binding.parameters().get(3);
        return binding.mode() == Kernel.Mode.TRAIN
                ? () -> normalization.forward(runningMean, runningVariance, momentum)
                : () -> normalization.predict(runningMean, runningVariance);
    }
}
