package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.Columns;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * One row of an image, {@code [height, width, channels] -> [width * channels]}, or one token of a sequence, {@code [tokens, features]
 * -> [features]}.
 *
 * @param index of the row, from 0
 */
public record RowOp(int index) implements Op {
    @Override
    public String kind() {
        return "row";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Maps.requireMapOrTokens(inputs.get(0));
        if (index >= input.extent(0)) {
            throw new InvalidSetting(
                    "index",
                    index + " is not a row of the input " + input + ". Allowed: 0 to " + (input.extent(0) - 1) + ".");
        }
        return Shape.of(Math.toIntExact(input.inner().size()));
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        int width = binding.output().shape().extent(1);
        Routine forward = Columns.take(samplesAsRows(binding.input()), index * width, binding.output());
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                Tensor inputError = wiring.inputError();
                if (inputError == null) {
                    return Routine.NOTHING;
                }
                Routine clear = () -> inputError.fill(0);
                return clear.then(Columns.put(wiring.error(), samplesAsRows(inputError), index * width));
            }
        };
    }

    private static Tensor samplesAsRows(Tensor tensor) {
        int batch = tensor.shape().extent(0);
        return tensor.reshape(Shape.of(batch, tensor.size() / batch));
    }
}
