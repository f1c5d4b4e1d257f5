package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.Attention;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * Scaled dot-product attention of queries, keys and values, {@code [tokens, features]} each; it has no parameters, since the layers
 * that make the three have them.
 *
 * @param heads number of equal parts of the features, each with attention of its own
 */
public record AttentionOp(int heads) implements Op {
    @Override
    public String kind() {
        return "attention";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape shape = Maps.requireTokens(Maps.requireEqual(inputs, kind()), "inputs");
        if (shape.extent(1) % heads != 0) {
            throw new InvalidSetting(
                    "heads",
                    heads + " heads do not divide the " + shape.extent(1)
                            + " features of the inputs. Choose a divisor of " + shape.extent(1) + ".");
        }
        return shape;
    }

    @Override
    public long multiplyAdds(List<Shape> inputs) {
        return 2 * inputs.get(0).size() * inputs.get(0).extent(0);
    }

    @Override
    public long largestTensor(List<Shape> inputs) {
        long tokens = inputs.get(0).extent(0);
        return Math.max(inputs.get(0).size(), heads * tokens * tokens);
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        int tokens = binding.output().shape().extent(1);
        Shape pairs = Shape.of(heads, tokens, tokens);
        Tensor weights = binding.arena().batch("attention/" + binding.name(), binding.batch(), pairs);
        List<Tensor> inputs = binding.inputs();
        Attention attention = new Attention(inputs.get(0), inputs.get(1), inputs.get(2), binding.output(), weights);
        Routine forward = attention.forward();
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                Tensor scratch = binding.arena().batch("attention/scratch/" + pairs, binding.batch(), pairs);
                return attention.backward(wiring.error(), wiring.inputErrors(), scratch);
            }
        };
    }
}
