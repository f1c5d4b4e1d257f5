package org.bpfree.learn.gait;

import java.util.Locale;
import org.bpfree.failure.Failure;
import org.bpfree.graph.Node;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.LuFactors;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/** The inverse of the square weights of one layer, as LU factors of their present values. */
final class Inverse {
    /** Beyond this no digit of a solution is sure: a tenth of the reciprocal of the rounding error. */
    private static final double LARGEST_CONDITION_FLOAT32 = 0.1 * (1 << 24);

    private static final double LARGEST_CONDITION_FLOAT64 = 0.1 * (1L << 53);

    private final Node node;
    private final Tensor weights;
    private final Arena arena;
    private final LuFactors factors;
    private final int width;

    Inverse(Node node, Tensor weights, Arena arena) {
        this.node = node;
        this.weights = weights;
        this.arena = arena;
        width = weights.shape().extent(0);
        factors = new LuFactors(weights);
    }

    /** Whether the layer is applied at one place only, so that solving for a batch is cheaper than forming the inverse. */
    boolean dense() {
        return node.shape().rank() == 1;
    }

    /**
     * Brings the factors up to date with the weights.
     *
     * @throws Failure when the routine runs on weights that are singular or nearly so
     */
    Routine factorize() {
        return () -> {
            double condition = factors.factorize();
            double largest =
                    weights.precision() == Precision.FLOAT64 ? LARGEST_CONDITION_FLOAT64 : LARGEST_CONDITION_FLOAT32;
            if (!(condition <= largest)) {
                throw Failure.of(
                        Failure.Kind.DIVERGED,
                        String.format(
                                Locale.ROOT,
                                "the weights of '%s' cannot be inverted: their condition number is %.3g; with %s at most %.3g"
                                        + " is allowed.",
                                node.name(),
                                condition,
                                weights.precision().name().toLowerCase(Locale.ROOT),
                                largest),
                        "Keep them near orthogonal: initializer: orthogonal on the layer, and orthogonality.strength above 0.",
                        "A lower optimizer.learningRate and training.precision: float64 help, too.");
            }
        };
    }

    /** {@code rows = rows W^-T} for rows of the extent of the matrix. */
    Routine solveRows(Tensor rows) {
        return factors.solveRows(rows);
    }

    /** Where {@code W^-T} is written, in the layout of the weights. */
    Tensor place() {
        return arena.fixed("inverse/" + node.name(), weights.shape());
    }

    /** Writes the first {@code rows} rows of {@code W^-T}, those that belong to the first outputs. */
    Routine firstRows(int rows) {
        Tensor place = place().first(rows);
        Routine solve = factors.solveRows(place.reshape(Shape.of(rows, width)));
        return () -> {
            place.fill(0);
            for (int i = 0; i < rows; i++) {
                place.set(i * width + i, 1);
            }
            solve.run();
        };
    }

    /** {@code W^-T} of the last {@link #factorize}, in the layout of the weights. */
    Tensor transposed() {
        firstRows(width).run();
        return place();
    }
}
