package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.Columns;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;

/** Inputs side by side along the last axis (channels or features). */
public record ConcatOp() implements Op {
    @Override
    public String kind() {
        return "concat";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        int last = 0;
        for (Shape input : inputs) {
            if (!input.withLast(1).equals(inputs.get(0).withLast(1))) {
                throw new InvalidSetting(
                        "inputs",
                        "concat needs inputs that differ in the last axis only, but they are " + inputs + ".");
            }
            last += input.extent(-1);
        }
        return inputs.get(0).withLast(last);
    }

    @Override
    public boolean isFixedLinear() {
        return true;
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        Routine copies = Routine.NOTHING;
        int column = 0;
        for (var input : binding.inputs()) {
            copies = copies.then(Columns.put(input, binding.output(), column));
            column += input.shape().extent(-1);
        }
        Routine forward = copies;
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                Routine all = Routine.NOTHING;
                int from = 0;
                for (int i = 0; i < wiring.inputErrors().length; i++) {
                    if (wiring.inputErrors()[i] != null) {
                        all = all.then(Columns.take(wiring.error(), from, wiring.inputErrors()[i]));
                    }
                    from += binding.inputs().get(i).shape().extent(-1);
                }
                return all;
            }
        };
    }
}
