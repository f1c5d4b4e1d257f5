package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/** Sum of equally shaped inputs. */
public record AddOp() implements Op {
    @Override
    public String kind() {
        return "add";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Maps.requireEqual(inputs, kind());
    }

    @Override
    public boolean isSum() {
        return true;
    }

    @Override
    public boolean isFixedLinear() {
        return true;
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        List<Tensor> inputs = binding.inputs();
        Routine sum = Elementwise.add(inputs.get(0), inputs.get(1), binding.output());
        for (Tensor further : inputs.subList(2, inputs.size())) {
            sum = sum.then(Elementwise.add(binding.output(), further, binding.output()));
        }
        Routine forward = sum;
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                Routine copies = Routine.NOTHING;
                for (Tensor inputError : wiring.inputErrors()) {
                    if (inputError != null) {
                        copies = copies.then(Elementwise.copy(wiring.error(), inputError));
                    }
                }
                return copies;
            }
        };
    }
}
