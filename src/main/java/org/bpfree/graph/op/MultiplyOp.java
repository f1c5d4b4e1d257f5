package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/** Elementwise product of equally shaped inputs. */
public record MultiplyOp() implements Op {
    @Override
    public String kind() {
        return "multiply";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Maps.requireEqual(inputs, kind());
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        List<Tensor> inputs = binding.inputs();
        Routine product = Elementwise.multiply(inputs.get(0), inputs.get(1), binding.output());
        for (Tensor further : inputs.subList(2, inputs.size())) {
            product = product.then(Elementwise.multiply(binding.output(), further, binding.output()));
        }
        Routine forward = product;
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                Routine all = Routine.NOTHING;
                for (int i = 0; i < inputs.size(); i++) {
                    if (wiring.inputErrors()[i] != null) {
                        all = all.then(errorOf(i, wiring.error(), wiring.inputErrors()[i]));
                    }
                }
                return all;
            }

            private Routine errorOf(int i, Tensor error, Tensor inputError) {
                Routine routine = Routine.NOTHING;
                Tensor soFar = error;
                for (int other = 0; other < inputs.size(); other++) {
                    if (other != i) {
                        routine = routine.then(Elementwise.multiply(soFar, inputs.get(other), inputError));
                        soFar = inputError;
                    }
                }
                return routine;
            }
        };
    }
}
