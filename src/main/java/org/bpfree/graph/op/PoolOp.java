package org.bpfree.graph.op;

import java.util.List;
import java.util.Optional;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.tensor.Pooling;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Window;

/** Windows over maps, each reduced to its largest value or its mean: {@code max-pool} and {@code avg-pool}. */
public record PoolOp(String kind, Pooling.Reduction reduction, Window window) implements Op {
    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Maps.windows(inputs.get(0), window, "size");
    }

    @Override
    public Optional<Pool> pool() {
        return Optional.of(new Pool(reduction, window));
    }

    @Override
    public boolean isFixedLinear() {
        return reduction == Pooling.Reduction.MEAN;
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        Routine forward = Pooling.forward(reduction, binding.input(), binding.output(), window);
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                return wiring.inputError() == null
                        ? Routine.NOTHING
                        : Pooling.backward(
                                reduction,
                                binding.input(),
                                binding.output(),
                                wiring.error(),
                                wiring.inputError(),
                                window);
            }
        };
    }
}
