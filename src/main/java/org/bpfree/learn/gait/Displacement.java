package org.bpfree.learn.gait;

import org.bpfree.learn.Vectors;
import org.bpfree.tensor.Activation;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * One increment of the activities {@code y} of a layer towards their targets, seen through the inverse of the activation.
 *
 * <p>In difference form what is written is {@code (a - f^-1(y - h s e)) / h} with {@code s = f'^2} for GAIT-prop and 1 otherwise: what goes
 * through the inverse of the weights. Where no sign changes that is {@code s e / f'}, and is computed so; the specification's formula
 * (section 8) has {@code g} where {@code h = g / m} must stand. In literal form what is written is the target of the pre-activation
 * without bias, {@code f^-1((1 - k) y + k t) - b}.
 */
final class Displacement implements Routine {
    private final Targets targets;
    private final boolean leaky;
    private final Increments increments;
    private final Tensor activity;
    private final Tensor error;
    private final Tensor bias;
    private final Tensor moved;
    private final double[] y;
    private final double[] e;
    private final double[] b;

    /**
     * Binds the increment.
     *
     * @param leaky whether the activation is a leaky rectifier; otherwise there is none
     * @param activity {@code y}, {@code [batch, ..., channels]}
     * @param error {@code e}, same shape
     * @param bias {@code b}, {@code [channels]}, or null for none
     * @param moved written, same shape as {@code y}
     */
    Displacement(
            Targets targets,
            boolean leaky,
            Increments increments,
            Tensor activity,
            Tensor error,
            Tensor bias,
            Tensor moved) {
        this.targets = targets;
        this.leaky = leaky;
        this.increments = increments;
        this.activity = activity;
        this.error = error;
        this.bias = bias;
        this.moved = moved;
        y = new double[Math.toIntExact(activity.shape().inner().size())];
        e = new double[y.length];
        b = new double[activity.shape().extent(-1)];
    }

    @Override
    public void run() {
        if (bias != null) {
            bias.read(0, b, 0, b.length);
        }
        for (int sample = 0; sample < activity.shape().extent(0); sample++) {
            activity.read(sample * y.length, y, 0, y.length);
            error.read(sample * y.length, e, 0, y.length);
            double share = increments.decide(sample, Vectors.norm(e));
            if (targets.literal()) {
                setTargets(increments.above(sample), share);
            } else {
                setDifferences(share);
            }
            moved.write(sample * y.length, e, 0, y.length);
        }
    }

    private void setDifferences(double share) {
        for (int i = 0; i < y.length; i++) {
            double slope = slope(y[i]); // f'
            double adjusted = targets.adjusted() ? slope * slope * e[i] : e[i];
            double reached = y[i] - share * adjusted;
            double other = slope(reached);
            // Subtracting is exact enough here: a sign changes only where the step is as large as the activity.
            e[i] = other == slope ? adjusted / slope : (y[i] / slope - reached / other) / share;
        }
    }

    private void setTargets(double above, double share) {
        for (int i = 0; i < y.length; i++) {
            double target = y[i] - above * e[i]; // t
            double slope = slope(y[i]);
            double gamma = share == 0 ? 0 : share / above; // g
            double k = targets.adjusted() ? gamma * slope * slope : gamma;
            double reached = (1 - k) * y[i] + k * target;
            e[i] = reached / slope(reached) - b[i % b.length];
        }
    }

    private double slope(double value) {
        return leaky ? Activation.leakySlope(value) : 1;
    }
}
