package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;

/**
 * The numbers of the input unchanged, possibly as one vector: {@code identity} and {@code flatten}. Copies only when input and
 * output are kept in different memory.
 */
public record ViewOp(String kind, boolean flattens) implements Op {
    @Override
    public Shape outputShape(List<Shape> inputs) {
        return flattens ? Shape.of(Math.toIntExact(inputs.get(0).size())) : inputs.get(0);
    }

    @Override
    public boolean isView() {
        return true;
    }

    @Override
    public boolean isFixedLinear() {
        return true;
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        Routine copy = Elementwise.copy(binding.input(), binding.output());
        return new Kernel() {
            @Override
            public void forward() {
                copy.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                return wiring.inputError() == null
                        ? Routine.NOTHING
                        : Elementwise.copy(wiring.error(), wiring.inputError());
            }
        };
    }
}
