package org.bpfree.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/** Products of matrices, or of batches of them, on {@link OneDnn}. */
final class OneDnnProduct {
    /** Multiply-adds of which a thread should have as many at least. */
    private static final int LEAST_SHARE = Parallel.least(0.02);

    private OneDnnProduct() {}

    /**
     * {@code result = a b}, on all threads; each has some rows of the result or, if these are fewer, some columns.
     *
     * @param add whether to add to what {@code result} holds, or overwrite it
     */
    static Routine shared(OneDnn library, Matrices a, Matrices b, Matrices result, boolean add) {
        int terms = a.columns();
        if (result.rows() >= result.columns()) {
            return Parallel.loop(
                    result.rows(),
                    least((long) result.columns() * terms),
                    (from, to) -> of(library, a.someRows(from, to), b, result.someRows(from, to), add));
        }
        return Parallel.loop(
                result.columns(),
                least((long) result.rows() * terms),
                (from, to) -> of(library, a, b.someColumns(from, to), result.someColumns(from, to), add));
    }

    private static int least(long workOfOne) {
        return (int) Math.max(1, LEAST_SHARE / workOfOne);
    }

    /** {@code result = a b}, one by one, on the threads of the caller. */
    static Routine of(OneDnn library, Matrices a, Matrices b, Matrices result, boolean add) {
        primitive_attr attributes = OneDnn.ownScratch();
        if (add) {
            post_ops sum = new post_ops();
            sum.append_sum(1, memory.data_type.undef);
            attributes.set_post_ops(sum);
        }
        matmul.primitive_desc plan = new matmul.primitive_desc(
                new matmul.desc(a.layout(), b.layout(), result.layout()), attributes, library.processor(), false);
        OneDnn.Calls calls = library.new Calls();
        IntMemoryMap map = new IntMemoryMap();
        map.put(DNNL_ARG_SRC, a.in(calls));
        map.put(DNNL_ARG_WEIGHTS, b.in(calls));
        map.put(DNNL_ARG_DST, result.in(calls));
        calls.add(new matmul(plan), map, plan.scratchpad_desc());
        return calls;
    }
}
