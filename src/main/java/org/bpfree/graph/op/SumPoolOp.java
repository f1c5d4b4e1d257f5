package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.SumPooling;
import org.bpfree.tensor.Window;

/**
 * Windows over maps, each reduced to its sum times a fixed weight: what TSSL-BP (github.com/stonezwr/TSSL-BP, layers/pooling.py) calls
 * pooling, with the weight 1.1 on each of the four inputs.
 *
 * @param size height and width of a window in pixels, and the step between windows
 * @param weight factor on the sum
 */
public record SumPoolOp(int size, double weight) implements Op {
    @Override
    public String kind() {
        return "sum-pool";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Maps.windows(inputs.get(0), new Window(size, size, false), "size");
    }

    @Override
    public boolean isFixedLinear() {
        return true;
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        Routine forward = SumPooling.forward(binding.input(), size, weight, binding.output());
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                return wiring.inputError() == null
                        ? Routine.NOTHING
                        : SumPooling.backward(wiring.error(), size, weight, wiring.inputError());
            }
        };
    }
}
