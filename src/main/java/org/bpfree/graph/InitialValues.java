package org.bpfree.graph;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** First values of a parameter. */
public final class InitialValues {
    private InitialValues() {}

    /** Draws the values of a parameter in row-major order. */
    public static double[] draw(ParameterSpec spec, RandomGenerator random) {
        double[] values = new double[Math.toIntExact(spec.shape().size())];
        draw(spec, random, values);
        return values;
    }

    /** Draws the values of a parameter into an array of their number; allocates nothing unless they are to be orthogonal. */
    public static void draw(ParameterSpec spec, RandomGenerator random, double[] values) {
        double fanIn = spec.fanIn();
        double fanOut = spec.fanOut();
        switch (spec.initializer()) {
            case GLOROT_UNIFORM -> uniform(values, Math.sqrt(6 / (fanIn + fanOut)), random);
            case GLOROT_NORMAL -> normal(values, Math.sqrt(2 / (fanIn + fanOut)), random);
            case HE_UNIFORM -> uniform(values, Math.sqrt(6 / fanIn), random);
            case HE_NORMAL -> normal(values, Math.sqrt(2 / fanIn), random);
            case LECUN_UNIFORM -> uniform(values, Math.sqrt(3 / fanIn), random);
            case LECUN_NORMAL -> normal(values, Math.sqrt(1 / fanIn), random);
            case FAN_IN_UNIFORM -> uniform(values, 1 / Math.sqrt(fanIn), random);
            case ORTHOGONAL -> orthogonal(values, spec.shape().extent(0), random);
            case ZEROS -> Arrays.fill(values, 0);
            case ONES -> Arrays.fill(values, 1);
        }
        for (int i = 0; i < values.length && spec.scale() != 1; i++) {
            values[i] *= spec.scale();
        }
    }

    /**
     * Square root of the mean square of what {@link #draw} gives: the standard deviation of every law whose mean is zero.
     */
    public static double rootMeanSquare(ParameterSpec spec) {
        double fanIn = spec.fanIn();
        double fanOut = spec.fanOut();
        double ofLaw =
                switch (spec.initializer()) {
                    case GLOROT_UNIFORM, GLOROT_NORMAL -> Math.sqrt(2 / (fanIn + fanOut));
                    case HE_UNIFORM, HE_NORMAL -> Math.sqrt(2 / fanIn);
                    case LECUN_UNIFORM, LECUN_NORMAL -> Math.sqrt(1 / fanIn);
                    case FAN_IN_UNIFORM -> Math.sqrt(1 / (3 * fanIn));
                    case ORTHOGONAL ->
                        1
                                / Math.sqrt(Math.max(
                                        spec.shape().extent(0),
                                        spec.shape().inner().size()));
                    case ZEROS -> 0;
                    case ONES -> 1;
                };
        return ofLaw * spec.scale();
    }

    private static void uniform(double[] values, double bound, RandomGenerator random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = bound * (2 * random.nextDouble() - 1);
        }
    }

    private static void normal(double[] values, double deviation, RandomGenerator random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = deviation * random.nextGaussian();
        }
    }

    /** A matrix with orthonormal rows (or columns, when there are more rows than columns), uniform over all such matrices. */
    private static void orthogonal(double[] matrix, int rows, RandomGenerator random) {
        int columns = matrix.length / rows;
        int count = Math.min(rows, columns);
        int length = Math.max(rows, columns);
        double[][] vectors = new double[count][];
        for (int i = 0; i < count; i++) {
            vectors[i] = new double[length];
            normal(vectors[i], 1, random);
            // A second sweep removes what rounding left of the first.
            for (int sweep = 0; sweep < 2; sweep++) {
                for (int j = 0; j < i; j++) {
                    subtractProjection(vectors[i], vectors[j]);
                }
            }
            double norm = Math.sqrt(dot(vectors[i], vectors[i]));
            for (int k = 0; k < length; k++) {
                vectors[i][k] /= norm;
            }
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix[row * columns + column] = rows <= columns ? vectors[row][column] : vectors[column][row];
            }
        }
    }

    private static void subtractProjection(double[] vector, double[] unit) {
        double length = dot(vector, unit);
        for (int k = 0; k < vector.length; k++) {
            vector[k] -= length * unit[k];
        }
    }

    /** Four sums, so that they do not wait for each other: wide layers need n^3 of these operations. */
    private static double dot(double[] a, double[] b) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int k = 0;
        for (; k + 4 <= a.length; k += 4) {
            sum0 += a[k] * b[k];
            sum1 += a[k + 1] * b[k + 1];
            sum2 += a[k + 2] * b[k + 2];
            sum3 += a[k + 3] * b[k + 3];
        }
        for (; k < a.length; k++) {
            sum0 += a[k] * b[k];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }
}
