package org.bpfree.learn;

/** Angles, norms and signs of vectors. */
public final class Vectors {
    private static final double TINY = 1e-200;
    private static final double HUGE = 1e200;

    private Vectors() {}

    /** Euclidean norm. */
    public static double norm(double[] a) {
        double sum = 0;
        for (double x : a) {
            sum += x * x;
        }
        return sum > TINY && sum < HUGE ? Math.sqrt(sum) : scaledNorm(a);
    }

    /** For vectors whose squares leave the range of double precision. */
    private static double scaledNorm(double[] a) {
        double largest = largest(a);
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double x : a) {
            sum += (x / largest) * (x / largest);
        }
        return largest * Math.sqrt(sum);
    }

    /** Euclidean norm of the difference. */
    public static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    /** Angle between two vectors in degrees, exact down to 1e-7 degrees; NaN when one of them is zero or not finite. */
    public static double angle(double[] a, double[] b) {
        double normA = norm(a);
        double normB = norm(b);
        if (!Double.isFinite(normA) || !Double.isFinite(normB)) {
            return Double.NaN; // dividing by an infinite norm would make both vectors zero, and their angle 0
        }
        double difference = 0;
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double u = a[i] / normA;
            double v = b[i] / normB;
            difference += (u - v) * (u - v);
            sum += (u + v) * (u + v);
        }
        return Math.toDegrees(2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum)));
    }

    /** Largest magnitude of an element; NaN when there is a NaN. */
    public static double largest(double[] a) {
        double largest = 0;
        for (double x : a) {
            largest = Math.max(largest, Math.abs(x));
        }
        return largest;
    }

    /** Largest difference of two elements; NaN when there is a NaN. */
    public static double largestDifference(double[] a, double[] b) {
        double difference = 0;
        for (int i = 0; i < a.length; i++) {
            difference = Math.max(difference, Math.abs(a[i] - b[i]));
        }
        return difference;
    }

    /** Largest difference of two elements, relative to the largest element of {@code reference}; 0 when both vectors are equal. */
    public static double relativeDifference(double[] a, double[] reference) {
        double difference = largestDifference(a, reference);
        return difference == 0 ? 0 : difference / largest(reference);
    }

    /** Share of elements of equal sign. */
    public static double signAgreement(double[] a, double[] b) {
        int equal = 0;
        for (int i = 0; i < a.length; i++) {
            equal += Math.signum(a[i]) == Math.signum(b[i]) ? 1 : 0;
        }
        return (double) equal / a.length;
    }
}
