package org.bpfree.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/** Student's t distribution. */
final class StudentT {
    private StudentT() {}

    /** The value that separates the middle {@link Interval#LEVEL} from the upper tail. */
    static double quantile(int degreesOfFreedom) {
        return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - Interval.LEVEL) / 2);
    }

    /** Probability of values at least as far from zero as {@code t}. */
    static double twoSided(double t, int degreesOfFreedom) {
        return 2 * TDistribution.of(degreesOfFreedom).survivalProbability(Math.abs(t));
    }
}
