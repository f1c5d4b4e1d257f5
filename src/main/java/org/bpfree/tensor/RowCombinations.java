package org.bpfree.tensor;

import java.util.Arrays;

/** A small matrix applied to rows of numbers: each row of the result is a combination of some rows. */
final class RowCombinations {
    private final RowCombination[] results;

    /** Takes a matrix {@code [results, rows]}. */
    RowCombinations(double[][] matrix) {
        results = Arrays.stream(matrix).map(RowCombination::of).toArray(RowCombination[]::new);
    }

    /** Number of rows of the result. */
    int results() {
        return results.length;
    }

    /** {@code into[r][0..n) = sum over i of matrix[r][i] rows[i][0..n)}. */
    void apply(float[][] rows, float[][] into, int n) {
        for (int r = 0; r < results.length; r++) {
            applyRow(r, rows, into[r], n);
        }
    }

    /** Row {@code r} of the result alone. */
    void applyRow(int r, float[][] rows, float[] into, int n) {
        results[r].apply(rows, into, n);
    }
}
