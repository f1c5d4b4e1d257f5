package org.bpfree.measure.oracle;

import java.util.SplittableRandom;
import org.bpfree.tensor.Precision;

/**
 * How exactly a recomputation computes: in double precision, or with errors of the size that the learner's precision makes. The difference
 * between the two says how far a correct learner may be from the formula, on this network and this batch.
 *
 * <p>An error is drawn for every element of every tensor, uniform within {@code unit} times the largest element of the tensor: sums with
 * cancellation and minimal filtering lose digits of the largest terms, not of their result.
 */
public final class Arithmetic {
    private static final double UNIT_FLOAT32 = 0x1p-22;
    private static final double UNIT_FLOAT64 = 0x1p-50;

    private final double unit;
    private final double tolerance;
    private final SplittableRandom random;

    private Arithmetic(double unit, double tolerance, SplittableRandom random) {
        this.unit = unit;
        this.tolerance = tolerance;
        this.random = random;
    }

    /** Double precision without further errors, beside a learner of the given precision. */
    public static Arithmetic exact(Precision precision) {
        return new Arithmetic(0, tolerance(precision), null);
    }

    /** With errors as the given precision makes them, from a stream of their own. */
    public static Arithmetic disturbed(Precision precision, long stream) {
        return new Arithmetic(unit(precision), tolerance(precision), new SplittableRandom(stream));
    }

    /** Size of an error relative to the largest element of its tensor: four units in the last place. */
    public static double unit(Precision precision) {
        return precision == Precision.FLOAT64 ? UNIT_FLOAT64 : UNIT_FLOAT32;
    }

    /** How near to a kink a number must be, relative to the largest of its tensor, for rounding to decide its side. */
    private static double tolerance(Precision precision) {
        return 0x1p10 * unit(precision);
    }

    /** Gives every element its error. */
    void round(double[] tensor) {
        if (random == null) {
            return;
        }
        double size = unit * largest(tensor);
        for (int i = 0; i < tensor.length && size > 0; i++) {
            tensor[i] += size * (2 * random.nextDouble() - 1);
        }
    }

    /** A number that the learner knows to a given share of itself at best, whatever its precision. */
    double approximate(double value, double share) {
        return random == null ? value : value + share * value * (2 * random.nextDouble() - 1);
    }

    /** Rounds one sum of terms whose largest is given. */
    double round(double sum, double largest) {
        return random == null ? sum : sum + unit * largest * (2 * random.nextDouble() - 1);
    }

    /**
     * Which side of a kink a number is on. Where rounding decides, the published number does, which is the learner's own; where there is
     * none, a disturbed recomputation takes the other side, so that the difference shows what hangs on it.
     *
     * @param distance of the number from the kink
     * @param scale largest number of its tensor
     * @param published the learner's own distance, NaN where it publishes none
     * @return whether the number is above the kink
     */
    boolean above(double distance, double scale, double published) {
        if (Math.abs(distance) > tolerance * scale) {
            return distance > 0;
        }
        if (!Double.isNaN(published)) {
            return published > 0;
        }
        // Exactly on the kink nothing is rounded: silent units have inputs of zero.
        boolean contrary = random != null && distance != 0 && Math.abs(distance) <= reach() * scale;
        return contrary ? distance < 0 : distance > 0;
    }

    /** How far rounding moves a number at most, relative to the largest of its tensor. */
    private double reach() {
        return tolerance / 64;
    }

    /** Largest magnitude of an element. */
    static double largest(double[] tensor) {
        double largest = 0;
        for (double element : tensor) {
            largest = Math.max(largest, Math.abs(element));
        }
        return largest;
    }

    /**
     * Whether rounding may make a number the largest of its window.
     *
     * @param published whether the learner's own numbers tell which one is
     */
    boolean ties(double value, double largest, double scale, boolean published) {
        return largest - value <= (published ? tolerance * scale : random == null ? 0 : reach() * scale);
    }
}
