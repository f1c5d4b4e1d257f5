package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;

/** The images; node 0 of every graph. */
public record InputOp(Shape image) implements Op {
    @Override
    public String kind() {
        return "input";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return image;
    }

    @Override
    public boolean isFixedLinear() {
        return true;
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        return new Kernel() {
            @Override
            public void forward() {
                // The trainer writes the images.
            }

            @Override
            public Routine backward(Wiring wiring) {
                return Routine.NOTHING;
            }
        };
    }
}
