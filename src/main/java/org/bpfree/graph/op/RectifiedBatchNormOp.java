package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.tensor.BatchNormalization;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * A batch normalization and the rectifier behind it as one op, {@code max(0, normalized + shortcut)}: it reads and writes each map fewer
 * times than the ops one by one, and keeps the rectified map alone.
 *
 * @param normalization of the last input; the first of two is the shortcut
 */
public record RectifiedBatchNormOp(BatchNormOp normalization) implements Op {
    @Override
    public String kind() {
        return "rectified-" + normalization.kind();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Maps.requireEqual(inputs, kind());
    }

    @Override
    public List<ParameterSpec> parameters(List<Shape> inputs) {
        return normalization.parameters(inputs);
    }

    @Override
    public boolean normalizesOverBatch() {
        return true;
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        List<Tensor> inputs = binding.inputs();
        List<Tensor> parameters = binding.parameters();
        int normalized = inputs.size() - 1;
        BatchNormalization rectified = BatchNormalization.rectified(
                inputs.get(normalized),
                parameters.get(0),
                parameters.get(1),
                normalized > 0 ? inputs.get(0) : null,
                binding.output(),
                normalization.epsilon());
        Routine forward = normalization.forward(rectified, binding);
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                Tensor[] inputErrors = wiring.inputErrors();
                return () -> rectified.backward(
                        wiring.error(),
                        wiring.feedback().get(0),
                        inputErrors[normalized],
                        normalized > 0 ? inputErrors[0] : null,
                        wiring.gradients()[0],
                        wiring.gradients()[1]);
            }

            @Override
            public Routine displaced(Wiring wiring) {
                Tensor[] inputErrors = wiring.inputErrors();
                return () -> rectified.displaced(
                        wiring.error(),
                        wiring.feedback().get(0),
                        inputErrors[normalized],
                        normalized > 0 ? inputErrors[0] : null,
                        wiring.gradients()[0],
                        wiring.gradients()[1]);
            }
        };
    }
}
