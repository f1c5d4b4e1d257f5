package org.bpfree.tensor;

import java.util.concurrent.atomic.AtomicInteger;
import org.bpfree.natives.NativeLibraries;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The native library under the tensors: starting it, and facts about it. */
public final class Backend {
    static {
        NativeLibraries.prepare(); // before anything asks JavaCPP for a library
    }

    private Backend() {}

    /** Threads of loops; 0 before the start. */
    private static final AtomicInteger THREADS = new AtomicInteger();

    /**
     * Starts the native library with a number of threads for all kernels. They are {@link Parallel}'s: the library itself gets one, since
     * threads of a pool of its own would wait for work in a loop, on the processors that the others need.
     *
     * @param threads at least 1; more than the machine has cores slows every operation down
     */
    public static void start(int threads) {
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        openblas_nolapack.blas_set_num_threads(1);
        keepToThisThread();
        THREADS.set(threads);
    }

    /** The number of threads between which loops are shared: that of {@link #start}, or as many as OpenMP would take. */
    static int threads() {
        if (THREADS.get() == 0) {
            Nd4j.getBackend(); // comes before the operations
            start(NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
        }
        return THREADS.get();
    }

    /**
     * Has native kernels that the calling thread plans or runs next use no thread beside it. OpenMP keeps the number by thread, so every
     * way to a native kernel begins with this; it takes some 20 ns.
     */
    static void keepToThisThread() {
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    }

    /** Bytes of off-heap memory that tensors and kernels hold, as the allocator counts them. */
    public static long offHeapBytes() {
        return Pointer.totalBytes();
    }

    /** Resident bytes of this process. */
    public static long residentBytes() {
        return Pointer.physicalBytes();
    }

    /** Name and version of the backend with what it was built with, in one line. */
    public static String describe() {
        return Nd4j.getBackend().getClass().getSimpleName() + " (" + build() + ")";
    }

    private static String build() {
        return Nd4j.getBackend().buildInfo().replaceAll("\\s+", " ").trim();
    }

    /** How convolutions in single precision reach oneDNN's kernels. */
    public enum OneDnnUse {
        /** Called without ND4J between; the fastest. */
        DIRECT("called directly"),
        /** Through ND4J's operations, which convert layouts. */
        THROUGH_ND4J("through ND4J"),
        /** Not at all. */
        NONE("not active");

        private final String text;

        OneDnnUse(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** How convolutions reach oneDNN; loads and unpacks its library. */
    public static OneDnnUse oneDnn() {
        if (OneDnn.instance().isPresent()) {
            return OneDnnUse.DIRECT;
        }
        return build().contains("HAVE_ONEDNN") ? OneDnnUse.THROUGH_ND4J : OneDnnUse.NONE;
    }
}
