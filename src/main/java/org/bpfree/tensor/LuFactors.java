package org.bpfree.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * The LU factors of a square matrix {@code A}, with partial pivoting, by the LAPACK inside OpenBLAS. ND4J's own {@code lu} and {@code
 * solve} take a hundred times as long at {@code n = 784}.
 *
 * <p>LAPACK stores columns first, so it sees the transpose of a row-major matrix; with its transposed system no tensor is copied.
 */
public final class LuFactors {
    private static final int COLUMNS_FIRST = openblas.LAPACK_COL_MAJOR;
    private static final byte ONE_NORM = '1';
    private static final byte TRANSPOSED = 'T';

    private final Tensor matrix;
    private final Tensor factors;
    private final Tensor work;
    private final Tensor reciprocalCondition;
    private final int order;
    private final IntBuffer pivots;
    private final IntBuffer integers;

    /**
     * Room for the factors of a matrix.
     *
     * @param matrix {@code [n, ...]} with {@code n^2} elements, read at each {@link #factorize}
     */
    public LuFactors(Tensor matrix) {
        order = matrix.shape().extent(0);
        if ((long) order * order != matrix.size()) {
            throw new IllegalArgumentException(matrix.shape() + " is not square");
        }
        this.matrix = matrix;
        factors = Tensor.zeros(matrix.precision(), matrix.shape());
        work = Tensor.zeros(matrix.precision(), Shape.of(4 * order));
        reciprocalCondition = Tensor.zeros(matrix.precision(), Shape.of(1));
        pivots = integers(order);
        integers = integers(order);
    }

    private static IntBuffer integers(int count) {
        return ByteBuffer.allocateDirect(Integer.BYTES * count)
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
    }

    /**
     * Factorizes the matrix as it is now: {@code 2/3 n^3} operations.
     *
     * @return the condition number {@code |A| |A^-1|} in the infinity norm, as LAPACK estimates it; infinite when the matrix is singular, NaN
     *     when it is not finite
     */
    public double factorize() {
        if (!matrix.isFinite()) {
            return Double.NaN;
        }
        factors.copyFrom(matrix);
        int threads = useOneThread();
        int zeroPivot = matrix.precision() == Precision.FLOAT64 ? factorizeDoubles() : factorizeFloats();
        openblas_nolapack.blas_set_num_threads(threads);
        return zeroPivot == 0 ? 1 / reciprocalCondition.at(0) : Double.POSITIVE_INFINITY;
    }

    /**
     * Lets OpenBLAS use one thread: with more, its factorization lays out its work on the stack, in more memory than a Java thread's stack
     * has, and ends the process.
     *
     * @return how many threads it used before
     */
    private static int useOneThread() {
        int threads = openblas_nolapack.blas_get_num_threads();
        openblas_nolapack.blas_set_num_threads(1);
        return threads;
    }

    private int factorizeDoubles() {
        int n = order;
        var a = factors.doubles();
        double norm = openblas.LAPACKE_dlange_work(COLUMNS_FIRST, ONE_NORM, n, n, a, n, work.doubles());
        int zeroPivot = openblas.LAPACKE_dgetrf(COLUMNS_FIRST, n, n, a, n, pivots);
        openblas.LAPACKE_dgecon_work(
                COLUMNS_FIRST, ONE_NORM, n, a, n, norm, reciprocalCondition.doubles(), work.doubles(), integers);
        return zeroPivot;
    }

    private int factorizeFloats() {
        int n = order;
        var a = factors.floats();
        float norm = openblas.LAPACKE_slange_work(COLUMNS_FIRST, ONE_NORM, n, n, a, n, work.floats());
        int zeroPivot = openblas.LAPACKE_sgetrf(COLUMNS_FIRST, n, n, a, n, pivots);
        openblas.LAPACKE_sgecon_work(
                COLUMNS_FIRST, ONE_NORM, n, a, n, norm, reciprocalCondition.floats(), work.floats(), integers);
        return zeroPivot;
    }

    /**
     * {@code rows = rows A^-T} with the matrix of the last {@link #factorize}: every row {@code r} becomes the solution {@code x} of
     * {@code A x = r}; {@code 2 n^2} operations a row.
     *
     * @param rows {@code [count, n]}, overwritten
     */
    public Routine solveRows(Tensor rows) {
        int n = order;
        int count = rows.size() / n;
        if (rows.precision() == Precision.FLOAT64) {
            return () -> openblas.LAPACKE_dgetrs(
                    COLUMNS_FIRST, TRANSPOSED, n, count, factors.doubles(), n, pivots, rows.doubles(), n);
        }
        return () -> openblas.LAPACKE_sgetrs(
                COLUMNS_FIRST, TRANSPOSED, n, count, factors.floats(), n, pivots, rows.floats(), n);
    }
}
