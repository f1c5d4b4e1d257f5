package org.bpfree.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx2;
import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * oneDNN called without ND4J between. ND4J lets oneDNN choose the layout of every map and converts each map before and after each
 * call; here maps stay in rows of channels, and only weights, which are small, are converted.
 *
 * <p>{@link Precision#FLOAT32} only. A call runs on the thread that makes it, and is planned for one: both libraries share one OpenMP
 * runtime, since ND4J's is loaded first, and {@link Backend#keepToThisThread} tells it so.
 */
final class OneDnn {
    private final engine processor;

    private OneDnn() {
        Nd4j.getBackend(); // loads the OpenMP runtime that both shall use
        processor = new engine(engine.kind.cpu, 0);
    }

    /** The library, or empty where no build of it is for this platform. */
    static Optional<OneDnn> instance() {
        Backend.threads(); // starts it
        Backend.keepToThisThread();
        return Holder.INSTANCE;
    }

    /** The library if it can compute with tensors of a precision. */
    static Optional<OneDnn> forPrecision(Precision precision) {
        return precision == Precision.FLOAT32 ? instance() : Optional.empty();
    }

    /** Loads the library when it is first asked for. */
    private static final class Holder {
        static final Optional<OneDnn> INSTANCE = load();

        private static Optional<OneDnn> load() {
            try {
                return Optional.of(new OneDnn());
            } catch (LinkageError e) {
                return Optional.empty();
            }
        }
    }

    engine processor() {
        return processor;
    }

    /**
     * Whether this processor multiplies and adds in one instruction, on vectors of eight numbers or more. Where it does not,
     * {@link Math#fma} is slow beyond use.
     */
    boolean fusesMultiplyAdd() {
        return (dnnl_get_effective_cpu_isa() & dnnl_cpu_isa_avx2) == dnnl_cpu_isa_avx2;
    }

    /** Leaves working memory to the caller: the library's own belongs to the thread that planned a call, and is no other's. */
    static primitive_attr ownScratch() {
        primitive_attr attributes = new primitive_attr();
        attributes.set_scratchpad_mode(scratchpad_mode.user);
        return attributes;
    }

    /** The extents {@code [a, b, ...]} in a layout. */
    static memory.desc layout(memory.format_tag tag, long... extents) {
        return new memory.desc(extents, memory.data_type.f32, tag, false);
    }

    /** Calls of the library, one after another, on tensors that they keep. */
    final class Calls implements Routine {
        private final stream order = new stream(processor); // of one thread at a time
        private final List<primitive> primitives = new ArrayList<>();
        private final List<IntMemoryMap> arguments = new ArrayList<>();
        private final List<Object> kept = new ArrayList<>();

        /** The memory of a tensor, read in a layout that its bytes already have. */
        memory of(Tensor tensor, memory.desc layout) {
            return of(tensor, 0, layout);
        }

        /** The memory of a tensor from element {@code from} on. */
        memory of(Tensor tensor, int from, memory.desc layout) {
            Pointer first = tensor.pointer(from);
            kept.add(tensor);
            kept.add(first);
            return new memory(layout, processor, first);
        }

        /** The memory of a tensor, converted before the calls added later if they want another layout. */
        memory read(Tensor tensor, memory.desc has, memory.desc wanted) {
            memory source = of(tensor, has);
            if (has.equals(wanted)) {
                return source;
            }
            memory converted = new memory(wanted, processor);
            convert(source, converted);
            return converted;
        }

        /** Adds the conversion of one memory into the layout of another. */
        void convert(memory source, memory target) {
            IntMemoryMap map = new IntMemoryMap();
            map.put(DNNL_ARG_FROM, source);
            map.put(DNNL_ARG_TO, target);
            add(new reorder(source, target), map);
        }

        /** Adds a call that was planned with {@link #ownScratch}. */
        void add(primitive call, IntMemoryMap map, memory.desc scratch) {
            map.put(DNNL_ARG_SCRATCHPAD, new memory(scratch, processor));
            add(call, map);
        }

        private void add(primitive call, IntMemoryMap map) {
            primitives.add(call);
            arguments.add(map);
        }

        @Override
        public void run() {
            Backend.keepToThisThread();
            for (int i = 0; i < primitives.size(); i++) {
                primitives.get(i).execute(order, arguments.get(i));
            }
            order._wait();
        }
    }
}
