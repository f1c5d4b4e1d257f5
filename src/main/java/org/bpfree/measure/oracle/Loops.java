package org.bpfree.measure.oracle;

/** The two sums that most formulas are made of. */
final class Loops {
    private Loops() {}

    /** {@code to[toStart + i] += factor * from[fromStart + i]} for {@code count} elements. */
    static void addScaled(double factor, double[] from, int fromStart, double[] to, int toStart, int count) {
        if (factor == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            to[toStart + i] += factor * from[fromStart + i];
        }
    }

    /** Adds every row of a matrix, whose rows are as long as {@code sums}. */
    static void addRows(double[] matrix, double[] sums) {
        for (int i = 0; i < matrix.length; i++) {
            sums[i % sums.length] += matrix[i];
        }
    }

    /** Adds a tensor to another. */
    static void add(double[] from, double[] to) {
        addScaled(1, from, 0, to, 0, from.length);
    }
}
