package org.bpfree.learn.gait;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.StepView;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.Precision;

/** What the theory of exact inverses promises of every step. */
final class InversePromises {
    private InversePromises() {}

    /** The feedback of each crossed layer is the transposed inverse of its weights: {@code W B^T = I}, element by element. */
    static Promise feedbackInverts(Precision precision) {
        return Promises.perLayer(
                "largest deviation of weights times inverse from the identity",
                layer -> layer.feedback() != null,
                layer -> largestDeviation(layer.value(), layer.feedback()),
                precision == Precision.FLOAT64 ? 1e-9 : 1e-3,
                true);
    }

    private static double largestDeviation(double[] weights, double[] feedback) {
        int n = (int) Math.round(Math.sqrt(weights.length));
        double largest = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double product = i == j ? -1 : 0;
                for (int k = 0; k < n; k++) {
                    product += weights[i * n + k] * feedback[j * n + k];
                }
                largest = Math.max(largest, Math.abs(product));
            }
        }
        return largest;
    }

    /**
     * With orthogonal weights GAIT-prop is backpropagation. Otherwise each crossed layer turns the error by about the angle between its
     * inverse and its transpose, in directions of their own: the update of a layer is at most twice the root of the sum of their squares away
     * from backpropagation's. What is left comes from increments that are too large or too small for the precision.
     */
    static Promise angleExplained(Precision precision) {
        double bound = precision == Precision.FLOAT64 ? 1e-3 : 0.01;
        return new Promise() {
            @Override
            public String name() {
                return "degrees to backpropagation beyond what weights that are not orthogonal explain";
            }

            @Override
            public List<Finding> measure(StepView step) {
                List<Finding> findings = new ArrayList<>();
                double square = 0;
                for (int i = step.layers().size() - 1; i >= 0; i--) {
                    StepView.Layer layer = step.layers().get(i);
                    if (layer.update() != null && layer.key().endsWith("/weights")) {
                        double angle = Vectors.angle(layer.update(), layer.gradient());
                        findings.add(0, new Finding(layer.key(), angle - 2 * Math.sqrt(square), bound, true));
                    }
                    if (layer.feedback() != null) {
                        square += Math.pow(Vectors.angle(layer.feedback(), layer.value()), 2);
                    }
                }
                return findings;
            }
        };
    }
}
