package org.bpfree.graph;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** First values of a parameter. */
public final class InitialValues {
    private InitialValues() {}

    /** Draws the values of a parameter in row-major order. */
    public static double[] draw(ParameterSpec spec, RandomGenerator random) {
        double fanIn = spec.fanIn();
        double fanOut = spec.fanOut();
        int size = Math.toIntExact(spec.shape().size());
        return switch (spec.initializer()) {
            case GLOROT_UNIFORM -> uniform(size, Math.sqrt(6 / (fanIn + fanOut)), random);
            case GLOROT_NORMAL -> normal(size, Math.sqrt(2 / (fanIn + fanOut)), random);
            case HE_UNIFORM -> uniform(size, Math.sqrt(6 / fanIn), random);
            case HE_NORMAL -> normal(size, Math.sqrt(2 / fanIn), random);
            case LECUN_UNIFORM -> uniform(size, Math.sqrt(3 / fanIn), random);
            case LECUN_NORMAL -> normal(size, Math.sqrt(1 / fanIn), random);
            case FAN_IN_UNIFORM -> uniform(size, 1 / Math.sqrt(fanIn), random);
            case ORTHOGONAL ->
                orthogonal(spec.shape().extent(0), size / spec.shape().extent(0), random);
            case ZEROS -> new double[size];
            case ONES -> filled(size, 1);
        };
    }

    /**
     * Square root of the mean square of what {@link #draw} gives: the standard deviation of every law whose mean is zero.
     */
    public static double rootMeanSquare(ParameterSpec spec) {
        double fanIn = spec.fanIn();
        double fanOut = spec.fanOut();
        return switch (spec.initializer()) {
            case GLOROT_UNIFORM, GLOROT_NORMAL -> Math.sqrt(2 / (fanIn + fanOut));
            case HE_UNIFORM, HE_NORMAL -> Math.sqrt(2 / fanIn);
            case LECUN_UNIFORM, LECUN_NORMAL -> Math.sqrt(1 / fanIn);
            case FAN_IN_UNIFORM -> Math.sqrt(1 / (3 * fanIn));
            case ORTHOGONAL ->
                1
                        / Math.sqrt(Math.max(
                                spec.shape().extent(0), spec.shape().inner().size()));
            case ZEROS -> 0;
            case ONES -> 1;
        };
    }

    private static double[] filled(int size, double value) {
        double[] values = new double[size];
        Arrays.fill(values, value);
        return values;
    }

    private static double[] uniform(int size, double bound, RandomGenerator random) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = bound * (2 * random.nextDouble() - 1);
        }
        return values;
    }

    private static double[] normal(int size, double deviation, RandomGenerator random) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = deviation * random.nextGaussian();
        }
        return values;
    }

    /** A matrix with orthonormal rows (or columns, when there are more rows than columns), uniform over all such matrices. */
    private static double[] orthogonal(int rows, int columns, RandomGenerator random) {
        int count = Math.min(rows, columns);
        int length = Math.max(rows, columns);
        double[][] vectors = new double[count][];
        for (int i = 0; i < count; i++) {
            vectors[i] = normal(length, 1, random);
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
        double[] matrix = new double[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix[row * columns + column] = rows <= columns ? vectors[row][column] : vectors[column][row];
            }
        }
        return matrix;
    }

    private static void subtractProjection(double[] vector, double[] unit) {
        double length = dot(vector, unit);
        for (int k = 0; k < vector.length; k++) {
            vector[k] -= length * unit[k];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
