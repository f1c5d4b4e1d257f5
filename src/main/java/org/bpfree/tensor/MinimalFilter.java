package org.bpfree.tensor;

/**
 * Winograd's minimal filtering {@code F(outputs, taps)} along one axis: {@code outputs} neighbouring results of a filter of {@code taps}
 * weights by {@code points = outputs + taps - 1} multiplications (Winograd 1980; Lavin and Gray 2016, arXiv:1509.09308). With the
 * matrices {@code B^T} for the input, {@code G} for the weights and {@code A^T} for the results,
 * {@code y = A^T ((G w) * (B^T d))}; the gradient of the weights is {@code G^T ((A e) * (B^T d))} for the error {@code e} of {@code y}.
 *
 * <p>The matrices follow from interpolation at {@code points - 1} numbers and at infinity (Toom and Cook). The farther these are from 1
 * in magnitude, the larger the powers in the matrices and the rounding error.
 *
 * @param at the numbers; quarters, so that coefficients which cancel do so exactly and take no part in a {@link RowCombination}
 */
record MinimalFilter(int outputs, int taps, double... at) {
    /** Number of multiplications. */
    int points() {
        return outputs + taps - 1;
    }

    /** {@code B^T [points, points]}: coefficients of the polynomials that vanish at all points but one. */
    double[][] input() {
        double[][] matrix = new double[points()][points()];
        for (int i = 0; i < points(); i++) {
            matrix[i][0] = 1;
            int degree = 0;
            for (int other = 0; other < points() - 1; other++) {
                if (other != i) {
                    degree++;
                    for (int power = degree; power >= 0; power--) {
                        matrix[i][power] = (power > 0 ? matrix[i][power - 1] : 0) - at[other] * matrix[i][power];
                    }
                }
            }
        }
        return matrix;
    }

    /** {@code G [points, taps]}. */
    double[][] weights() {
        double[][] matrix = powers(taps);
        for (int i = 0; i < points() - 1; i++) {
            double scale = 1;
            for (int other = 0; other < points() - 1; other++) {
                scale *= other == i ? 1 : at[i] - at[other];
            }
            for (int j = 0; j < taps; j++) {
                matrix[i][j] /= scale;
            }
        }
        return matrix;
    }

    /** {@code G} for weights in reverse order, as the adjoint has them. */
    double[][] flippedWeights() {
        double[][] matrix = weights();
        for (double[] row : matrix) {
            for (int j = 0; j < taps / 2; j++) {
                double first = row[j];
                row[j] = row[taps - 1 - j];
                row[taps - 1 - j] = first;
            }
        }
        return matrix;
    }

    /** {@code A [points, outputs]}. */
    double[][] error() {
        return powers(outputs);
    }

    /** {@code A^T [outputs, points]}. */
    double[][] output() {
        return transposed(error());
    }

    /** {@code G^T [taps, points]}. */
    double[][] gradient() {
        return transposed(weights());
    }

    /** Row {@code i} holds the powers of point {@code i}, that of infinity the highest only. */
    private double[][] powers(int count) {
        double[][] matrix = new double[points()][count];
        for (int i = 0; i < points() - 1; i++) {
            for (int j = 0; j < count; j++) {
                matrix[i][j] = Math.pow(at[i], j);
            }
        }
        matrix[points() - 1][count - 1] = 1;
        return matrix;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] result = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[0].length; j++) {
                result[j][i] = matrix[i][j];
            }
        }
        return result;
    }
}
