package org.bpfree.tensor;

/** Sums over pieces of arrays in four strands, so that an addition need not wait for the one before it. */
final class Sums {
    private Sums() {}

    /** Sum of all numbers, in double precision. */
    static double sum(float[] x) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (int end = x.length - 3; i < end; i += 4) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
        }
        for (; i < x.length; i++) {
            a += x[i];
        }
        return a + b + (c + d);
    }

    /** Sum of {@code x[from..from+n)}. */
    static double sum(double[] x, int from, int n) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (int end = from + n - 3; i < end; i += 4) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
        }
        for (int end = from + n; i < end; i++) {
            a += x[i];
        }
        return a + b + (c + d);
    }

    /** Sum of the products of {@code x[from..from+n)} and {@code y[from..from+n)}. */
    static double dot(double[] x, double[] y, int from, int n) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (int end = from + n - 3; i < end; i += 4) {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }
        for (int end = from + n; i < end; i++) {
            a += x[i] * y[i];
        }
        return a + b + (c + d);
    }
}
