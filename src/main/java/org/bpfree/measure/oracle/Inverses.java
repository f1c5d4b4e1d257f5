package org.bpfree.measure.oracle;

import java.util.IdentityHashMap;
import java.util.Map;

/** Inverses of square matrices by elimination with pivots, each found once a step. */
final class Inverses {
    private final Map<double[], double[]> known = new IdentityHashMap<>();
    private PublishedStep step;

    /** {@code W^-1} of a matrix of a step. */
    double[] of(double[] matrix, int n, PublishedStep now) {
        if (step != now) {
            known.clear();
            step = now;
        }
        return known.computeIfAbsent(matrix, m -> invert(m, n));
    }

    static double[] invert(double[] matrix, int n) {
        double[] a = matrix.clone();
        double[] inverse = new double[n * n];
        for (int i = 0; i < n; i++) {
            inverse[i * n + i] = 1;
        }
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                pivot = Math.abs(a[row * n + column]) > Math.abs(a[pivot * n + column]) ? row : pivot;
            }
            swap(a, pivot, column, n);
            swap(inverse, pivot, column, n);
            double factor = 1 / a[column * n + column];
            for (int i = 0; i < n; i++) {
                a[column * n + i] *= factor;
                inverse[column * n + i] *= factor;
            }
            for (int row = 0; row < n; row++) {
                double multiple = row == column ? 0 : -a[row * n + column];
                Loops.addScaled(multiple, a, column * n, a, row * n, n);
                Loops.addScaled(multiple, inverse, column * n, inverse, row * n, n);
            }
        }
        return inverse;
    }

    private static void swap(double[] matrix, int row, int other, int n) {
        for (int i = 0; i < n && row != other; i++) {
            double kept = matrix[row * n + i];
            matrix[row * n + i] = matrix[other * n + i];
            matrix[other * n + i] = kept;
        }
    }

    /**
     * {@code W^-1 b}. A solver's rounding is that of a matrix with a relative error, {@code (W + E) x = b}, so a disturbed solution is that for
     * {@code b - E x}.
     */
    static void apply(double[] inverse, double[] matrix, double[] b, Arithmetic arithmetic, double[] x, int at) {
        int n = b.length;
        multiply(inverse, b, x, at);
        double size = 0;
        for (int i = 0; i < n; i++) {
            size += x[at + i] * x[at + i];
        }
        size = Math.sqrt(size) * Arithmetic.largest(matrix);
        double[] disturbed = b.clone();
        boolean changed = false;
        for (int i = 0; i < n; i++) {
            disturbed[i] = arithmetic.round(b[i], size);
            changed |= disturbed[i] != b[i];
        }
        if (changed) {
            multiply(inverse, disturbed, x, at);
        }
    }

    private static void multiply(double[] matrix, double[] b, double[] x, int at) {
        int n = b.length;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += matrix[i * n + j] * b[j];
            }
            x[at + i] = sum;
        }
    }
}
