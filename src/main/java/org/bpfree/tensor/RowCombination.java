package org.bpfree.tensor;

import java.util.stream.IntStream;

/**
 * A sum of rows of numbers with factors. For each number of terms there is a loop of its own that writes one array, reads the others at
 * the same index and multiplies and adds in one instruction: in this form Java's compiler finds the vector instructions.
 */
abstract class RowCombination {
    final int[] rows;
    final float[] factors;

    private RowCombination(int[] rows, float[] factors) {
        this.rows = rows;
        this.factors = factors;
    }

    /** {@code result[0..n) = sum over i of factors[i] * all[rows[i]][0..n)}. */
    abstract void apply(float[][] all, float[] result, int n);

    /**
     * The sum with given factors, one a row.
     *
     * @throws IllegalArgumentException unless one to five of them differ from zero
     */
    static RowCombination of(double... factors) {
        int[] rows =
                IntStream.range(0, factors.length).filter(i -> factors[i] != 0).toArray();
        float[] kept = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            kept[i] = (float) factors[rows[i]];
        }
        return switch (rows.length) {
            case 1 -> new One(rows, kept);
            case 2 -> new Two(rows, kept);
            case 3 -> new Three(rows, kept);
            case 4 -> new Four(rows, kept);
            case 5 -> new Five(rows, kept);
            default -> throw new IllegalArgumentException(rows.length + " terms");
        };
    }

    private static final class One extends RowCombination {
        One(int[] rows, float[] factors) {
            super(rows, factors);
        }

        @Override
        void apply(float[][] all, float[] result, int n) {
            float[] a = all[rows[0]];
            float p = factors[0];
            for (int i = 0; i < n; i++) {
                result[i] = p * a[i];
            }
        }
    }

    private static final class Two extends RowCombination {
        Two(int[] rows, float[] factors) {
            super(rows, factors);
        }

        @Override
        void apply(float[][] all, float[] result, int n) {
            float[] a = all[rows[0]];
            float[] b = all[rows[1]];
            float p = factors[0];
            float q = factors[1];
            for (int i = 0; i < n; i++) {
                result[i] = Math.fma(p, a[i], q * b[i]);
            }
        }
    }

    private static final class Three extends RowCombination {
        Three(int[] rows, float[] factors) {
            super(rows, factors);
        }

        @Override
        void apply(float[][] all, float[] result, int n) {
            float[] a = all[rows[0]];
            float[] b = all[rows[1]];
            float[] c = all[rows[2]];
            float p = factors[0];
            float q = factors[1];
            float r = factors[2];
            for (int i = 0; i < n; i++) {
                result[i] = Math.fma(p, a[i], Math.fma(q, b[i], r * c[i]));
            }
        }
    }

    private static final class Four extends RowCombination {
        Four(int[] rows, float[] factors) {
            super(rows, factors);
        }

        @Override
        void apply(float[][] all, float[] result, int n) {
            float[] a = all[rows[0]];
            float[] b = all[rows[1]];
            float[] c = all[rows[2]];
            float[] d = all[rows[3]];
            float p = factors[0];
            float q = factors[1];
            float r = factors[2];
            float s = factors[3];
            for (int i = 0; i < n; i++) {
                result[i] = Math.fma(p, a[i], q * b[i]) + Math.fma(r, c[i], s * d[i]);
            }
        }
    }

    private static final class Five extends RowCombination {
        Five(int[] rows, float[] factors) {
            super(rows, factors);
        }

        @Override
        void apply(float[][] all, float[] result, int n) {
            float[] a = all[rows[0]];
            float[] b = all[rows[1]];
            float[] c = all[rows[2]];
            float[] d = all[rows[3]];
            float[] e = all[rows[4]];
            float p = factors[0];
            float q = factors[1];
            float r = factors[2];
            float s = factors[3];
            float t = factors[4];
            for (int i = 0; i < n; i++) {
                result[i] = Math.fma(p, a[i], q * b[i]) + Math.fma(r, c[i], Math.fma(s, d[i], t * e[i]));
            }
        }
    }
}
