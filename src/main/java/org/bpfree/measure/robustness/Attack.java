package org.bpfree.measure.robustness;

import java.util.random.RandomGenerator;
import org.bpfree.tensor.Tensor;

/**
 * Images moved up the gradient of the loss, by at most ε a pixel and within black and white. Pixels are fractions, so ε = 8/255 is
 * eight of the 255 levels. Moved pixels are not rounded to levels.
 */
public enum Attack {
    /** One step of ε along the sign of the gradient (Goodfellow, Shlens, Szegedy, arXiv 1412.6572, section 4). */
    FGSM("fgsm", 1, 1, false),
    /**
     * Ten steps of ε/4 along the sign, each back into the ε-ball, from a random place in it (Madry et al., arXiv 1706.06083, section
     * 2.1; number and size of the steps are this project's choice).
     */
    PGD("pgd", 10, 0.25, true);

    private final String title;
    private final int steps;
    private final double stepShare;
    private final boolean randomStart;

    Attack(String title, int steps, double stepShare, boolean randomStart) {
        this.title = title;
        this.steps = steps;
        this.stepShare = stepShare;
        this.randomStart = randomStart;
    }

    /** As it is called in tables. */
    public String title() {
        return title;
    }

    /** Gives the gradient of the loss by the numbers the network gets, at some fractions. */
    @FunctionalInterface
    public interface GradientAt {
        /** The gradient, {@code [batch, height, width, channels]}. */
        Tensor gradient(double[] fractions);
    }

    /**
     * Attacks a batch.
     *
     * @param clean the images as fractions
     * @param epsilon largest move of a pixel, 0..1
     * @param gradient at the moved images
     * @param random where a random start comes from
     * @return the moved images as fractions
     */
    public double[] apply(double[] clean, double epsilon, GradientAt gradient, RandomGenerator random) {
        double[] moved = clean.clone();
        if (randomStart) {
            for (int i = 0; i < moved.length; i++) {
                moved[i] = within(clean[i], moved[i] + epsilon * (2 * random.nextDouble() - 1), epsilon);
            }
        }
        double[] slope = new double[clean.length];
        for (int step = 0; step < steps; step++) {
            gradient.gradient(moved).read(0, slope, 0, slope.length);
            for (int i = 0; i < moved.length; i++) {
                moved[i] = within(clean[i], moved[i] + stepShare * epsilon * Math.signum(slope[i]), epsilon);
            }
        }
        return moved;
    }

    private static double within(double clean, double moved, double epsilon) {
        double near = Math.min(clean + epsilon, Math.max(clean - epsilon, moved));
        return Math.min(1, Math.max(0, near));
    }
}
