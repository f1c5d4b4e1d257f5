package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.tensor.Shape;

/** The positions of maps as a sequence of tokens, row by row: {@code [height, width, channels] -> [height * width, channels]}. */
public record TokensOp() implements Op {
    @Override
    public String kind() {
        return "tokens";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Maps.requireMap(inputs.get(0), "type").asMatrix();
    }

    @Override
    public boolean isView() {
        return true;
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        return new ViewOp(kind(), false).bind(binding);
    }
}
