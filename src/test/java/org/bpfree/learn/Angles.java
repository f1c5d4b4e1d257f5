package org.bpfree.learn;

/** Angles and norms of updates. */
public final class Angles {
    private Angles() {}

    /** Angle between two vectors in degrees; NaN when one is zero. Accurate down to 1e-7 degrees. */
    public static double degrees(double[] a, double[] b) {
        double na = norm(a);
        double nb = norm(b);
        double difference = 0;
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double u = a[i] / na;
            double v = b[i] / nb;
            difference += (u - v) * (u - v);
            sum += (u + v) * (u + v);
        }
        return Math.toDegrees(2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum)));
    }

    /** Euclidean norm. */
    public static double norm(double[] a) {
        double sum = 0;
        for (double x : a) {
            sum += x * x;
        }
        return Math.sqrt(sum);
    }
}
