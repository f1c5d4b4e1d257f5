package org.bpfree.learn.ekdaa;

import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.graph.op.ConvOp;
import org.bpfree.graph.op.PoolOp;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.tensor.BilinearUpsampling;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Largest;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * The rule of the authors' released code (github.com/tzee/EKDAA-Release, head 9d02211), on the ordinary forward pass. It differs from
 * the clean rule in four ways:
 *
 * <ul>
 *   <li>a pool hands down its target enlarged twofold by bilinear interpolation, instead of routing the displacement;
 *   <li>the error kernel of a convolution acts with its two spatial axes exchanged;
 *   <li>the displacement and the update of a convolution are divided by their largest element when that exceeds 1 (the largest element,
 *       not the largest magnitude);
 *   <li>the update of a convolution is divided by the product of its channel numbers.
 * </ul>
 */
final class ReleasedRule implements ErrorSweep.Rule {
    private final double beta;
    private final ErrorSweep.Rule clean;

    ReleasedRule(double beta, ErrorSweep.Rule clean) {
        this.beta = beta;
        this.clean = clean;
    }

    @Override
    public Tensor update(Parameter parameter) {
        return clean.update(parameter);
    }

    @Override
    public Tensor feedback(Parameter parameter) {
        return clean.feedback(parameter);
    }

    @Override
    public Routine backward(Node node, Pass pass, Kernel.Wiring wiring) {
        if (node.op() instanceof PoolOp && wiring.inputError() != null) {
            return enlargeTarget(node, pass, wiring);
        }
        Routine backward = clean.backward(node, pass, wiring);
        if (node.op() instanceof ConvOp) {
            Shape weights = node.parameters().get(0).spec().shape();
            double channels = (double) weights.extent(0) * weights.extent(3);
            backward = backward.then(Largest.limit(wiring.gradients()[0], 1, 1 / channels));
        }
        if (!node.parameters().isEmpty() && wiring.inputError() != null) {
            double limit = node.op() instanceof ConvOp ? 1 : Double.POSITIVE_INFINITY;
            backward = backward.then(Largest.limit(wiring.inputError(), limit, beta));
        }
        return backward;
    }

    /** D of the input = h of the input - enlarged (pooled value - D). */
    private static Routine enlargeTarget(Node pool, Pass pass, Kernel.Wiring wiring) {
        Node input = pool.inputs().get(0);
        // The target belongs to the pre-activation when the pool reads an activation.
        Node below = input.op() instanceof ActivationOp ? input.inputs().get(0) : input;
        Tensor pooled = pass.activation(pool);
        Tensor target = Tensor.zeros(pooled.precision(), pooled.shape());
        return Elementwise.subtract(pooled, wiring.error(), target)
                .then(BilinearUpsampling.twofold(target, wiring.inputError()))
                .then(Elementwise.subtract(pass.activation(below), wiring.inputError(), wiring.inputError()));
    }

    /** The error kernel with height and width exchanged; a matrix is copied. */
    static Routine transposeSpatially(Tensor kernel, Tensor transposed) {
        if (kernel.shape().rank() != 4) {
            return () -> transposed.copyFrom(kernel);
        }
        int out = kernel.shape().extent(0);
        int size = kernel.shape().extent(1);
        int in = kernel.shape().extent(3);
        double[] source = new double[kernel.size()];
        double[] target = new double[kernel.size()];
        return () -> {
            kernel.read(0, source, 0, source.length);
            for (int o = 0; o < out; o++) {
                for (int y = 0; y < size; y++) {
                    for (int x = 0; x < size; x++) {
                        System.arraycopy(
                                source, ((o * size + y) * size + x) * in, target, ((o * size + x) * size + y) * in, in);
                    }
                }
            }
            transposed.write(0, target, 0, target.length);
        };
    }
}
