package org.bpfree.train;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Chunked;
import org.bpfree.tensor.MatrixProduct;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * Soft orthogonality: adds the gradient of a penalty to the updates of all square weight matrices of the network, those of square
 * convolutions included. With {@code G = W^T W} for weights {@code [out, in]} (the papers' {@code W W^T}, since they write {@code x W}):
 *
 * <pre>
 *   off-diagonal:  R = sum over i != j of G_ij^2     gradient 4 W (G - diag G)     arXiv 2006.06438, code ortho_gradients
 *   identity:      R = |G - I|^2                     gradient 4 W (G - I)          arXiv 2102.11598, code add_ortho_gradients
 * </pre>
 *
 * <p>Costs {@code 2 n^3} multiply-adds a matrix and step, whatever the batch.
 */
public final class OrthogonalityPenalty {
    private final OrthogonalitySettings settings;
    private final Map<Tensor, Routine> additions = new IdentityHashMap<>(); // by value
    private final Map<Shape, Tensor[]> scratch = new HashMap<>();
    private double factor;

    /** The penalty of everything square that a learner trains in the network. */
    public OrthogonalityPenalty(OrthogonalitySettings settings, List<Trained> trained) {
        this.settings = settings;
        if (settings.strength() > 0) {
            trained.stream().filter(OrthogonalityPenalty::isSquare).forEach(this::bind);
        }
    }

    private static boolean isSquare(Trained each) {
        long rows = each.value().shape().extent(0);
        return each.kind() == Trained.Kind.WEIGHTS
                && rows * rows == each.value().size();
    }

    private void bind(Trained each) {
        int n = each.value().shape().extent(0);
        Shape square = Shape.of(n, n);
        Tensor[] pair = scratch.computeIfAbsent(square, shape -> new Tensor[] {
            Tensor.zeros(each.value().precision(), shape),
            Tensor.zeros(each.value().precision(), shape)
        });
        Tensor weights = each.value().reshape(square);
        Tensor update = each.update().reshape(square);
        Tensor products = pair[0];
        Tensor gradient = pair[1];
        boolean unit = settings.penalty() == OrthogonalitySettings.Penalty.IDENTITY;
        Routine excess = () -> {
            for (int i = 0; i < n; i++) {
                int diagonal = i * n + i;
                products.set(diagonal, unit ? products.at(diagonal) - 1 : 0);
            }
        };
        additions.put(
                each.value(),
                MatrixProduct.withFirstTransposed(weights, weights, products)
                        .then(excess)
                        .then(MatrixProduct.of(weights, products, gradient))
                        .then(Chunked.map(update, gradient, update, (u, g, count) -> {
                            for (int i = 0; i < count; i++) {
                                u[i] += factor * g[i];
                            }
                        })));
    }

    /**
     * Adds the gradient to the updates.
     *
     * @param scale factor that the optimizer will put on the updates; the penalty is divided by it, so that its share is the same for
     *     batches of any size
     * @param moved what is moved by the updates; the others get none
     */
    public void addToUpdates(double scale, List<Trained> moved) {
        factor = 4 * settings.strength() / scale;
        for (Trained each : moved) {
            additions.getOrDefault(each.value(), Routine.NOTHING).run();
        }
    }
}
