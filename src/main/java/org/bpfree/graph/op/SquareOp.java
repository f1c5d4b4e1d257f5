package org.bpfree.graph.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * A layer with weights that form a square matrix, one row an output and one column an input (of a patch), so that it can be inverted. The
 * layer above reads the first outputs only; the others are auxiliary units, which feed nothing (Ahmad, van Gerven, Ambrogioni, arXiv
 * 2006.06438, tower networks; Dalm et al., arXiv 2102.11598, convolutions). Since nothing reads them, their activities are not even
 * computed: the layer is an ordinary one with the first rows of the weights. The rows of the auxiliary units matter to the inverse.
 */
public interface SquareOp extends Op {
    /** Extent of the square matrix: the numbers of inputs of one output. */
    int width(List<Shape> inputs);

    /** Number of outputs that the layer above reads, along the last axis. */
    int read(List<Shape> inputs);

    /** The ordinary layer with the first {@code rows} rows of the matrix. */
    Op rows(int rows, boolean bias);

    /** Whether a bias is added to each output that is read. */
    boolean bias();

    @Override
    default Shape outputShape(List<Shape> inputs) {
        Shape output = rows(1, bias()).outputShape(inputs);
        int read = read(inputs);
        int width = width(inputs);
        if (read > width) {
            throw new InvalidSetting(
                    "read", read + " units cannot be read: the square layer has " + width + ", as many as inputs.");
        }
        return output.withLast(read);
    }

    @Override
    default List<ParameterSpec> parameters(List<Shape> inputs) {
        List<ParameterSpec> specs = new ArrayList<>(rows(read(inputs), bias()).parameters(inputs));
        specs.set(0, rows(width(inputs), false).parameters(inputs).get(0));
        return specs;
    }

    @Override
    default Optional<Op> invertible(List<Shape> inputs) {
        return Optional.of(rows(width(inputs), false));
    }

    @Override
    default long multiplyAdds(List<Shape> inputs) {
        return rows(read(inputs), bias()).multiplyAdds(inputs);
    }

    @Override
    default Kernel bind(Kernel.Binding binding) {
        int read = binding.output().shape().extent(-1);
        Kernel kernel = rows(read, bias())
                .bind(new Kernel.Binding(
                        binding.name(),
                        binding.inputs(),
                        withFirstRows(binding.parameters(), read),
                        binding.output(),
                        binding.arena(),
                        binding.mode(),
                        binding.noise()));
        return new Kernel() {
            @Override
            public void forward() {
                kernel.forward();
            }

            @Override
            public Routine backward(Wiring wiring) {
                Tensor[] gradients = wiring.gradients().clone();
                Routine auxiliary = Routine.NOTHING;
                if (gradients[0] != null) {
                    gradients[0] = gradients[0].first(read);
                    auxiliary = zeroAfter(wiring.gradients()[0], read);
                }
                List<Tensor> feedback = withFirstRows(wiring.feedback(), read);
                return kernel.backward(new Wiring(feedback, wiring.error(), wiring.inputErrors(), gradients))
                        .then(auxiliary);
            }
        };
    }

    private static List<Tensor> withFirstRows(List<Tensor> tensors, int rows) {
        List<Tensor> views = new ArrayList<>(tensors);
        views.set(0, tensors.get(0).first(rows));
        return views;
    }

    /** Auxiliary units have no error, hence no update. */
    private static Routine zeroAfter(Tensor gradient, int read) {
        int auxiliary = gradient.shape().extent(0) - read;
        if (auxiliary == 0) {
            return Routine.NOTHING;
        }
        Tensor rows = gradient.slice(read, auxiliary);
        return () -> rows.fill(0);
    }
}
