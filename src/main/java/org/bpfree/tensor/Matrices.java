package org.bpfree.tensor;

import org.bytedeco.dnnl.memory;

/**
 * A batch of matrices within a tensor of single precision: all of it, its transposes, or some of the rows or columns.
 *
 * @param elements {@code [matrices, rows, columns]}
 * @param first index of the first element
 * @param rows of each matrix
 * @param columns of each matrix
 * @param transposed whether rows and columns have changed places
 */
record Matrices(Tensor elements, int first, int rows, int columns, boolean transposed) {
    /** The matrices {@code [matrices, rows, columns]} as they lie in memory. */
    static Matrices of(Tensor elements) {
        Shape shape = elements.shape();
        return new Matrices(elements, 0, shape.extent(1), shape.extent(2), false);
    }

    /** One matrix {@code [rows, columns]}. */
    static Matrices one(Tensor matrix) {
        return of(matrix.reshape(matrix.shape().batched(1)));
    }

    /** The transposes. */
    Matrices transpose() {
        return new Matrices(elements, first, columns, rows, !transposed);
    }

    /** Rows {@code from..to-1} of each. */
    Matrices someRows(int from, int to) {
        int begin = first + from * (transposed ? 1 : width());
        return new Matrices(elements, begin, to - from, columns, transposed);
    }

    /** Columns {@code from..to-1} of each. */
    Matrices someColumns(int from, int to) {
        return transpose().someRows(from, to).transpose();
    }

    /** Elements between a row in memory and the next. */
    private int width() {
        return elements.shape().extent(2);
    }

    memory.desc layout() {
        int matrices = elements.shape().extent(0);
        long step = (long) elements.shape().extent(1) * width();
        long[] extents = {matrices, rows, columns};
        long[] strides = {step, transposed ? 1 : width(), transposed ? width() : 1};
        return new memory.desc(extents, memory.data_type.f32, strides, false);
    }

    memory in(OneDnn.Calls calls) {
        return calls.of(elements, first, layout());
    }
}
