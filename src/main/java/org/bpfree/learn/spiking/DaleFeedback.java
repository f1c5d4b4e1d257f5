package org.bpfree.learn.spiking;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.bpfree.graph.Kernel;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Chunked;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Feedback through cells that obey Dale's law: signals and feedback weights are split into non-negative parts, {@code x = x+ - x-} and {@code
 * B = B+ - B-}, and reach the two error cells below as
 *
 * <pre>
 *   D+ = x+ B+ + x- B-     D- = x+ B- + x- B+     e+ = [D+ - D-]+     e- = [D- - D+]+
 * </pre>
 *
 * with {@code e+ - e- = x B} (spiking-microcircuit.md, 4.3). The cells inhibit each other, so that they carry the net drive and not what both
 * have in common.
 */
final class DaleFeedback {
    private final Kernel kernel;
    private final Arena arena;
    private final String name;

    /**
     * The feedback of a layer.
     *
     * @param kernel its product or convolution
     * @param name of the layer, for scratch
     */
    DaleFeedback(Kernel kernel, Arena arena, String name) {
        this.kernel = kernel;
        this.arena = arena;
        this.name = name;
    }

    /**
     * Binds the way down.
     *
     * @param signals x, {@code [samples, ...]}
     * @param feedback B, as the weights lie
     * @param inputError e, written
     */
    Routine bind(Tensor signals, Tensor feedback, Tensor inputError) {
        Tensor positiveSignals = like(signals, "signals+");
        Tensor negativeSignals = like(signals, "signals-");
        Tensor positiveFeedback = like(feedback, "feedback+");
        Tensor negativeFeedback = like(feedback, "feedback-");
        Tensor excess = like(inputError, "excess");
        Tensor deficit = like(inputError, "deficit");
        Tensor part = like(inputError, "part");
        return rectify(signals, x -> x, positiveSignals)
                .then(rectify(signals, x -> -x, negativeSignals))
                .then(rectify(feedback, x -> x, positiveFeedback))
                .then(rectify(feedback, x -> -x, negativeFeedback))
                .then(drive(positiveSignals, positiveFeedback, negativeSignals, negativeFeedback, excess, part))
                .then(drive(positiveSignals, negativeFeedback, negativeSignals, positiveFeedback, deficit, part))
                .then(Elementwise.subtract(excess, deficit, part))
                .then(rectify(part, x -> x, excess))
                .then(rectify(part, x -> -x, deficit))
                .then(Elementwise.subtract(excess, deficit, inputError));
    }

    /** {@code drive = x1 B1 + x2 B2}. */
    private Routine drive(Tensor x1, Tensor b1, Tensor x2, Tensor b2, Tensor drive, Tensor part) {
        return product(x1, b1, drive).then(product(x2, b2, part)).then(Elementwise.add(drive, part, drive));
    }

    private Routine product(Tensor x, Tensor b, Tensor output) {
        return kernel.backward(new Kernel.Wiring(List.of(b), x, new Tensor[] {output}, new Tensor[1]));
    }

    private Tensor like(Tensor example, String part) {
        return arena.batch(
                "dale/" + name + "/" + part,
                example.shape().extent(0),
                example.shape().inner());
    }

    /** {@code output = max(0, sign(input))}. */
    private static Routine rectify(Tensor input, DoubleUnaryOperator sign, Tensor output) {
        return Chunked.map(input, output, (x, n) -> {
            for (int i = 0; i < n; i++) {
                x[i] = Math.max(0, sign.applyAsDouble(x[i]));
            }
        });
    }
}
