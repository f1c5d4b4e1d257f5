package org.bpfree.tensor;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * A product of matrices on OpenBLAS, called without ND4J between: double precision, and single where there is no {@link OneDnn}. Each
 * thread has some rows of the result or, if these are fewer, some columns.
 */
final class BlasProduct {
    /** Multiply-adds of which a thread should have as many at least. */
    private static final int LEAST_SHARE = Parallel.least(0.05);

    private final Factor a;
    private final Factor b;
    private final Tensor result;
    private final int terms;
    private final boolean add;

    private BlasProduct(Factor a, Factor b, Tensor result, boolean add) {
        this.a = a;
        this.b = b;
        this.result = result;
        this.add = add;
        terms = a.columns();
    }

    /**
     * One of the matrices of a product.
     *
     * @param elements {@code [rows, columns]} as they lie in memory
     * @param transposed whether their transpose is meant
     */
    record Factor(Tensor elements, boolean transposed) {
        private int width() {
            return elements.shape().extent(1);
        }

        private int columns() {
            return elements.shape().extent(transposed ? 0 : 1);
        }

        private int operation() {
            return transposed ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans;
        }

        private int row(int index) {
            return transposed ? index : index * width();
        }

        private int column(int index) {
            return transposed ? index * width() : index;
        }
    }

    /**
     * {@code result = a b}.
     *
     * @param add whether to add to what {@code result} holds, or overwrite it
     */
    static Routine shared(Factor a, Factor b, Tensor result, boolean add) {
        Backend.threads(); // starts it
        BlasProduct product = new BlasProduct(a, b, result, add);
        int rows = result.shape().extent(0);
        int columns = result.shape().extent(1);
        return rows >= columns
                ? Parallel.loop(rows, product.least(columns), (from, to) -> product.part(from, to - from, 0, columns))
                : Parallel.loop(columns, product.least(rows), (from, to) -> product.part(0, rows, from, to - from));
    }

    private int least(int across) {
        return (int) Math.max(1, LEAST_SHARE / ((long) across * terms));
    }

    private Routine part(int row, int rows, int column, int columns) {
        int rowMajor = openblas_nolapack.CblasRowMajor;
        int width = result.shape().extent(1);
        int first = row * width + column;
        double kept = add ? 1 : 0;
        if (result.precision() == Precision.FLOAT64) {
            DoublePointer x = a.elements.doublesFrom(a.row(row));
            DoublePointer y = b.elements.doublesFrom(b.column(column));
            DoublePointer z = result.doublesFrom(first);
            return () -> {
                Backend.keepToThisThread();
                openblas_nolapack.cblas_dgemm(
                        rowMajor,
                        a.operation(),
                        b.operation(),
                        rows,
                        columns,
                        terms,
                        1,
                        x,
                        a.width(),
                        y,
                        b.width(),
                        kept,
                        z,
                        width);
            };
        }
        FloatPointer x = a.elements.floatsFrom(a.row(row));
        FloatPointer y = b.elements.floatsFrom(b.column(column));
        FloatPointer z = result.floatsFrom(first);
        return () -> {
            Backend.keepToThisThread();
            openblas_nolapack.cblas_sgemm(
                    rowMajor,
                    a.operation(),
                    b.operation(),
                    rows,
                    columns,
                    terms,
                    1,
                    x,
                    a.width(),
                    y,
                    b.width(),
                    (float) kept,
                    z,
                    width);
        };
    }
}
