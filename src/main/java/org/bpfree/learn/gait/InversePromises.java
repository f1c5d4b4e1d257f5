package org.bpfree.learn.gait;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.StepView;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.Precision;

/** What the theory of exact inverses promises of every step. */
final class InversePromises {
    private static final double MOST_DEGREES = 0.5;
    private static final double ORTHOGONAL_DEGREES = 0.01;
    private static final int POWER_ITERATIONS = 20;

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
     * Below orthogonal weights GAIT-prop is backpropagation: at steps where the transposed inverses above a layer turn no error by more than a
     * hundredth of a degree, its update points where backpropagation's does. That is so at the first step with orthogonal initial weights; later
     * steps are not judged, since errors of single images that are turned a little may add up to a sum that is turned a lot. The bound
     * leaves room for activities whose sign an increment changes, a few in a million at the published gamma.
     */
    static Promise backpropBelowOrthogonal() {
        return new Promise() {
            @Override
            public String name() {
                return "angle of the update to backpropagation's below orthogonal weights, in degrees";
            }

            @Override
            public List<Finding> measure(StepView step) {
                List<Finding> findings = new ArrayList<>();
                double turned = 0;
                for (int i = step.layers().size() - 1; i >= 0; i--) {
                    StepView.Layer layer = step.layers().get(i);
                    if (turned <= ORTHOGONAL_DEGREES && layer.key().endsWith("/weights")) {
                        double angle = Vectors.angle(layer.update(), layer.gradient());
                        findings.add(0, new Finding(layer.key(), angle, MOST_DEGREES, true));
                    }
                    if (layer.feedback() != null) {
                        turned += Math.toDegrees(turn(layer.value(), layer.feedback()));
                    }
                }
                return findings;
            }
        };
    }

    /** {@code |B / |B| - W / |W|| sqrt(n)} with the spectral norm outside and Frobenius norms inside, by power iteration. */
    private static double turn(double[] weights, double[] feedback) {
        int n = (int) Math.round(Math.sqrt(weights.length));
        double weightScale = Math.sqrt(n) / Vectors.norm(weights);
        double feedbackScale = Math.sqrt(n) / Vectors.norm(feedback);
        double[] difference = new double[weights.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = feedbackScale * feedback[i] - weightScale * weights[i];
        }
        double[] direction = new double[n];
        Arrays.fill(direction, 1 / Math.sqrt(n));
        double stretch = 0;
        for (int iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
            double[] image = new double[n];
            double[] back = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    image[i] += difference[i * n + j] * direction[j];
                }
                for (int j = 0; j < n; j++) {
                    back[j] += difference[i * n + j] * image[i];
                }
            }
            double length = Vectors.norm(back);
            stretch = Math.sqrt(length);
            for (int j = 0; j < n && length > 0; j++) {
                direction[j] = back[j] / length;
            }
        }
        return stretch;
    }
}
