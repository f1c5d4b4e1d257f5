package org.bpfree.learn.ekdaa;

import java.util.List;
import java.util.Optional;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Op;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.Errors;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.BilinearUpsampling;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.LargestElement;
import org.bpfree.tensor.Pooling;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * The rule of the authors' released code (github.com/tzee/EKDAA-Release, head 9d02211). It differs from the clean rule in six ways, of
 * which the last two are settings:
 *
 * <ul>
 *   <li>a pool hands down its target enlarged twofold by bilinear interpolation, instead of routing the displacement;
 *   <li>the error kernel of a convolution acts with its two spatial axes exchanged;
 *   <li>the displacement and the update of a convolution are divided by their largest element when that exceeds 1 (the largest element,
 *       not the largest magnitude);
 *   <li>the update of a convolution is divided by the product of its channel numbers;
 *   <li>{@code forward: pre-activation}: the stack of convolutions is linear ({@link LinearConvolutions}); non-linearities only make the
 *       errors {@code e = phi(h) - phi(h - D)} and the presynaptic factor {@code z = phi(h)} of the updates of convolutions. What reads a
 *       pool or the first dense layer sees {@code h} in both places;
 *   <li>{@code poolTarget: pre-activation}: the target of a pool is one of the pooled pre-activations, {@code u = enlarged(max h - D)}.
 *       Otherwise it is one of pooled activations, which the layer below takes for a pre-activation, {@code phi(phi(h))}.
 * </ul>
 */
final class ReleasedRule implements ErrorSweep.Rule {
    private final double beta;
    private final EkdaaSettings.Reading poolTarget;
    private final ErrorSweep.Rule clean;
    private final Errors errors;
    private final Arena arena;

    ReleasedRule(EkdaaSettings settings, ErrorSweep.Rule clean, Errors errors, Arena arena) {
        this.beta = settings.beta();
        this.poolTarget = settings.targetOfPools();
        this.clean = clean;
        this.errors = errors;
        this.arena = arena;
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
        if (node.op().pool().isPresent() && wiring.inputError() != null) {
            return enlargeTarget(node, pass, wiring);
        }
        Routine backward = LinearConvolutions.bypassed(pass.graph(), node)
                .map(activation -> beforeItsActivation(node, activation, pass, wiring))
                .orElseGet(() -> fromPresynapticFactor(node, pass, wiring));
        if (node.op().convolution().isPresent()) {
            Shape weights = node.parameters().get(0).spec().shape();
            double channels = (double) weights.extent(0) * weights.extent(3);
            backward = backward.then(LargestElement.limit(wiring.gradients()[0], 1, 1 / channels));
        }
        if (!node.parameters().isEmpty() && wiring.inputError() != null) {
            double limit = node.op().convolution().isPresent() ? 1 : Double.POSITIVE_INFINITY;
            backward = backward.then(LargestElement.limit(wiring.inputError(), limit, beta));
        }
        return backward;
    }

    /** A convolution whose non-linearity nothing reads gets the displacement of its own output and makes its error from it. */
    private Routine beforeItsActivation(Node node, Node activation, Pass pass, Kernel.Wiring wiring) {
        // As in other networks, the displacement is the error of the non-linearity and e that of the convolution.
        Tensor displacement = errors.make(activation);
        Kernel.Wiring respond =
                new Kernel.Wiring(List.of(), displacement, new Tensor[] {wiring.error()}, new Tensor[0]);
        return Elementwise.copy(wiring.error(), displacement)
                .then(pass.kernel(activation).displaced(respond))
                .then(fromPresynapticFactor(node, pass, wiring));
    }

    /** The node's own backward, but with the update of a convolution formed from the activation of the convolution it reads. */
    private Routine fromPresynapticFactor(Node node, Pass pass, Kernel.Wiring wiring) {
        Optional<Node> below = node.op().convolution().isPresent()
                ? LinearConvolutions.bypassed(pass.graph(), node.inputs().get(0))
                : Optional.empty();
        if (below.isEmpty()) {
            return clean.backward(node, pass, wiring);
        }
        Kernel presynaptic = node.op()
                .bind(new Kernel.Binding(
                        node.name(),
                        List.of(pass.activation(below.get())),
                        node.parameters().stream().map(pass.parameters()::get).toList(),
                        pass.activation(node),
                        arena,
                        Kernel.Mode.TRAIN,
                        purpose -> {
                            throw new IllegalStateException("a convolution draws no random numbers");
                        }));
        Kernel.Wiring down = new Kernel.Wiring(
                wiring.feedback(), wiring.error(), wiring.inputErrors(), new Tensor[wiring.gradients().length]);
        Kernel.Wiring update = new Kernel.Wiring(wiring.feedback(), wiring.error(), new Tensor[1], wiring.gradients());
        return presynaptic.backward(update).then(clean.backward(node, pass, down));
    }

    /** D of the input = h of the input - enlarged (pooled value - D). */
    private Routine enlargeTarget(Node pool, Pass pass, Kernel.Wiring wiring) {
        Node input = pool.inputs().get(0);
        // The target belongs to the pre-activation when the pool reads an activation.
        Node below = input.op().pointwise().isPresent() ? input.inputs().get(0) : input;
        boolean ofActivations = poolTarget == EkdaaSettings.Reading.ACTIVATION || below == input;
        Tensor pooled = ofActivations
                ? pass.activation(pool)
                : arena.batch("pooled/" + pool.name(), pass.batch(), pool.shape());
        Op.Pool op = pool.op().pool().orElseThrow();
        Routine poolAgain = ofActivations
                ? Routine.NOTHING
                : Pooling.forward(op.reduction(), pass.activation(below), pooled, op.window());
        Tensor target = Tensor.zeros(pooled.precision(), pooled.shape());
        return poolAgain
                .then(Elementwise.subtract(pooled, wiring.error(), target))
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
