package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.tensor.ChannelMean;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;

/** Mean over all positions or tokens: {@code [height, width, channels]} or {@code [tokens, channels] -> [channels]}. */
public record GlobalAveragePoolOp() implements Op {
    @Override
    public String kind() {
        return "global-avg-pool";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Shape.of(Maps.requireMapOrTokens(inputs.get(0)).extent(-1));
    }

    @Override
    public boolean isFixedLinear() {
        return true;
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        Routine forward = ChannelMean.forward(binding.input(), binding.output());
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                return wiring.inputError() == null
                        ? Routine.NOTHING
                        : ChannelMean.backward(wiring.error(), wiring.inputError());
            }
        };
    }
}
