package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.graph.ParameterSpec.Role;
import org.bpfree.tensor.ColumnSum;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * Adds a learned vector to each token, the same in every sample, so that positions differ: {@code [tokens, features]}.
 *
 * @param initializer law of the initial vectors, with fan-in and fan-out the number of features
 */
public record PositionEmbeddingOp(Initializer initializer) implements Op {
    @Override
    public String kind() {
        return "position-embedding";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Maps.requireTokens(inputs.get(0), "type");
    }

    @Override
    public List<ParameterSpec> parameters(List<Shape> inputs) {
        Shape shape = inputs.get(0);
        // A bias to learners: it is added, so errors pass it unchanged.
        return List.of(new ParameterSpec("embedding", shape, Role.BIAS, initializer, shape.extent(1), shape.extent(1)));
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        Tensor embedding = binding.parameters().get(0);
        Tensor vector = embedding.reshape(Shape.of(embedding.size()));
        Shape rows = Shape.of(binding.batch(), embedding.size());
        Routine forward = ColumnSum.addBias(
                binding.input().reshape(rows), vector, binding.output().reshape(rows));
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                Routine gradient = wiring.gradients()[0] == null
                        ? Routine.NOTHING
                        : ColumnSum.of(wiring.error(), wiring.gradients()[0]);
                return wiring.inputError() == null
                        ? gradient
                        : gradient.then(Elementwise.copy(wiring.error(), wiring.inputError()));
            }
        };
    }
}
