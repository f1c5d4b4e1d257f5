package org.bpfree.graph.op;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.ColumnSum;
import org.bpfree.tensor.MatrixProduct;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * Fully connected layer {@code [in] -> [units]} with weights {@code [units, in]}. On tokens, {@code [tokens, in] -> [tokens, units]},
 * it works on each token alone, with the same weights.
 *
 * @param units number of outputs
 * @param bias whether a bias is added to each unit
 * @param initializer law of the initial weights
 * @param initialScale factor on the initial weights
 * @param biasInitializer law of the initial biases, scaled by the connections of the weights
 */
public record DenseOp(
        int units, boolean bias, Initializer initializer, double initialScale, Initializer biasInitializer)
        implements Op {
    /** A layer whose initial weights follow the law as it is, and whose biases start at zero. */
    public DenseOp(int units, boolean bias, Initializer initializer) {
        this(units, bias, initializer, 1, Initializer.ZEROS);
    }

    @Override
    public String kind() {
        return "dense";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.get(0).rank() > 2) {
            throw new InvalidSetting(
                    "units",
                    "a dense layer needs a vector or tokens, but its input is " + inputs.get(0)
                            + ". Add {type: flatten}, {type: global-avg-pool} or {type: tokens} above it.");
        }
        return inputs.get(0).withLast(units);
    }

    @Override
    public List<ParameterSpec> parameters(List<Shape> inputs) {
        int in = inputs.get(0).extent(-1);
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.weights(Shape.of(units, in), initializer, in, units)
                .times(initialScale));
        if (bias) {
            specs.add(ParameterSpec.bias(units, biasInitializer, in, units));
        }
        return specs;
    }

    @Override
    public long multiplyAdds(List<Shape> inputs) {
        return units * inputs.get(0).size();
    }

    @Override
    public boolean isDense() {
        return true;
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        Tensor input = asMatrix(binding.input());
        Tensor output = asMatrix(binding.output());
        Tensor weights = binding.parameters().get(0);
        Routine product = MatrixProduct.withSecondTransposed(input, weights, output);
        Routine forward = bias
                ? product.then(ColumnSum.addBias(output, binding.parameters().get(1), output))
                : product;
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                Tensor error = asMatrix(wiring.error());
                Routine routine = Routine.NOTHING;
                if (wiring.gradients()[0] != null) {
                    routine = routine.then(MatrixProduct.withFirstTransposed(error, input, wiring.gradients()[0]));
                }
                if (bias && wiring.gradients()[1] != null) {
                    routine = routine.then(ColumnSum.of(error, wiring.gradients()[1]));
                }
                if (wiring.inputError() != null) {
                    routine = routine.then(
                            MatrixProduct.of(error, wiring.feedback().get(0), asMatrix(wiring.inputError())));
                }
                return routine;
            }
        };
    }

    /** One row a sample or token. */
    private static Tensor asMatrix(Tensor tensor) {
        return tensor.reshape(tensor.shape().asMatrix());
    }
}
