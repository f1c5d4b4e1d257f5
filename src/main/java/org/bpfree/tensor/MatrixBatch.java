package org.bpfree.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/**
 * Matrices of equal extents.
 *
 * @param elements {@code [matrices, rows, columns]}, single precision
 * @param transposed whether each stands for its transpose
 */
record MatrixBatch(Tensor elements, boolean transposed) {
    /** The matrices as they lie in memory. */
    static MatrixBatch of(Tensor elements) {
        return new MatrixBatch(elements, false);
    }

    /** The transposes. */
    static MatrixBatch transposed(Tensor elements) {
        return new MatrixBatch(elements, true);
    }

    private memory.desc layout() {
        Shape shape = elements.shape();
        return transposed
                ? OneDnn.layout(memory.format_tag.acb, shape.extent(0), shape.extent(2), shape.extent(1))
                : OneDnn.layout(memory.format_tag.abc, shape.extent(0), shape.extent(1), shape.extent(2));
    }

    /**
     * The products of these matrices with others, one by one.
     *
     * @param add whether to add to what {@code result} holds, or overwrite it
     */
    Routine times(MatrixBatch other, Tensor result, boolean add, OneDnn library) {
        primitive_attr attributes = OneDnn.ownScratch();
        if (add) {
            post_ops sum = new post_ops();
            sum.append_sum(1, memory.data_type.undef);
            attributes.set_post_ops(sum);
        }
        memory.desc layoutOfResult = of(result).layout();
        matmul.primitive_desc plan = new matmul.primitive_desc(
                new matmul.desc(layout(), other.layout(), layoutOfResult), attributes, library.processor(), false);
        OneDnn.Calls calls = library.new Calls();
        IntMemoryMap map = new IntMemoryMap();
        map.put(DNNL_ARG_SRC, calls.of(elements, layout()));
        map.put(DNNL_ARG_WEIGHTS, calls.of(other.elements, other.layout()));
        map.put(DNNL_ARG_DST, calls.of(result, layoutOfResult));
        calls.add(new matmul(plan), map, plan.scratchpad_desc());
        return calls;
    }
}
