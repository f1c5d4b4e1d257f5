package org.bpfree.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;

/** The largest value of each window of maps {@code [batch, height, width, channels]}, on {@link OneDnn}. */
final class OneDnnPooling {
    private OneDnnPooling() {}

    /** {@code output = largest of each window of input}, a part of the batch on each thread. */
    static Routine largest(OneDnn library, Tensor input, Tensor output, Window window) {
        return Parallel.nativeLoop(
                input.shape().extent(0),
                1,
                (from, to) -> call(library, input.slice(from, to - from), output.slice(from, to - from), window));
    }

    private static Routine call(OneDnn library, Tensor input, Tensor output, Window window) {
        OneDnnWindow windows = new OneDnnWindow(input.shape(), output.shape(), window);
        memory.desc from = windows.inputLayout();
        memory.desc to = windows.outputLayout();
        pooling_forward.primitive_desc plan = new pooling_forward.primitive_desc(
                new pooling_forward.desc(
                        prop_kind.forward_inference,
                        algorithm.pooling_max,
                        from,
                        to,
                        windows.strides(),
                        windows.sizes(),
                        windows.before(),
                        windows.after()),
                OneDnn.ownScratch(),
                library.processor(),
                false);
        OneDnn.Calls calls = library.new Calls();
        IntMemoryMap map = new IntMemoryMap();
        map.put(DNNL_ARG_SRC, calls.of(input, from));
        map.put(DNNL_ARG_DST, calls.of(output, to));
        calls.add(new pooling_forward(plan), map, plan.scratchpad_desc());
        return calls;
    }
}
