package org.bpfree.learn;

/** Angles, norms and signs of vectors. */
public final class Vectors {
    private Vectors() {}

    /** Euclidean norm. */
    public static double norm(double[] a) {
        double sum = 0;
        for (double x : a) {
            sum += x * x;
        }
        return Math.sqrt(sum);
    }

    /** Euclidean norm of the difference. */
    public static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    /** Angle between two vectors in degrees, exact down to 1e-7 degrees; NaN when one of them is zero. */
    public static double angle(double[] a, double[] b) {
        double normA = norm(a);
        double normB = norm(b);
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

    /** Largest difference of two elements, relative to the largest element of {@code reference}; 0 when both vectors are zero. */
    public static double relativeDifference(double[] a, double[] reference) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(reference[i]));
            difference = Math.max(difference, Math.abs(a[i] - reference[i]));
        }
        return difference == 0 ? 0 : difference / largest;
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
