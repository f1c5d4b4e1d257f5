package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.graph.ParameterSpec.Role;
import org.bpfree.tensor.LayerNormalization;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;

/**
 * Standardizes over the last axis (the features of each token), then scales and shifts each feature. Training and prediction are
 * the same.
 *
 * @param epsilon added to the variance
 */
public record LayerNormOp(double epsilon) implements Op {
    @Override
    public String kind() {
        return "layer-norm";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public List<ParameterSpec> parameters(List<Shape> inputs) {
        int features = inputs.get(0).extent(-1);
        return List.of(
                ParameterSpec.vector("scale", features, Role.SCALE, Initializer.ONES),
                ParameterSpec.vector("shift", features, Role.BIAS, Initializer.ZEROS));
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        LayerNormalization normalization = new LayerNormalization(
                binding.input(),
                binding.parameters().get(0),
                binding.parameters().get(1),
                binding.output(),
                epsilon);
        return new Kernel() {
            @Override
            public void forward() {
                normalization.forward();
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
}
