package org.bpfree.train;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Tensor;

/**
 * Keeps the incoming weights of every unit, or filter, of the network within a Euclidean norm: weights {@code [out, ...]} are scaled down, row by
 * row, to the largest norm allowed (max-norm constraint; Srebro and Shraibman, <i>Rank, Trace-Norm and Max-Norm</i>, 2005). Biases and the
 * learner's own tensors are left alone.
 */
public final class MaxNorm {
    private final double limit;
    private final Set<Tensor> weights = Collections.newSetFromMap(new IdentityHashMap<>());
    private double[] row = {};

    /**
     * A constraint on the weights among some tensors.
     *
     * @param limit largest norm; 0 for none
     */
    public MaxNorm(double limit, List<Trained> trained) {
        this.limit = limit;
        for (Trained each : trained) {
            if (each.kind() == Trained.Kind.WEIGHTS) {
                weights.add(each.value());
                int length = each.value().size() / each.value().shape().extent(0);
                row = row.length < length ? new double[length] : row;
            }
        }
    }

    /** Scales down what is too large of what was moved. */
    void apply(List<Trained> moved) {
        for (int i = 0; limit > 0 && i < moved.size(); i++) {
            if (weights.contains(moved.get(i).value())) {
                apply(moved.get(i).value());
            }
        }
    }

    private void apply(Tensor tensor) {
        int rows = tensor.shape().extent(0);
        int length = tensor.size() / rows;
        for (int from = 0; from < tensor.size(); from += length) {
            tensor.read(from, row, 0, length);
            double square = 0;
            for (int i = 0; i < length; i++) {
                square += row[i] * row[i];
            }
            if (square > limit * limit) {
                double factor = limit / Math.sqrt(square);
                for (int i = 0; i < length; i++) {
                    row[i] *= factor;
                }
                tensor.write(from, row, 0, length);
            }
        }
    }
}
