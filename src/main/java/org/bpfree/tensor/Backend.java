package org.bpfree.tensor;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The native library under the tensors: starting it, and facts about it. */
public final class Backend {
    private Backend() {}

    /**
     * Starts the native library with a number of threads for all kernels.
     *
     * @param threads at least 1; more than the machine has cores slows every operation down
     */
    public static void start(int threads) {
        Nd4j.getEnvironment().setMaxThreads(threads);
        Nd4j.getEnvironment().setMaxMasterThreads(threads);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads(threads);
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
        String build = Nd4j.getBackend().buildInfo().replaceAll("\\s+", " ").trim();
        return Nd4j.getBackend().getClass().getSimpleName() + " (" + build + ")";
    }

    /** Whether convolutions run on oneDNN. */
    public static boolean hasOneDnn() {
        return describe().contains("HAVE_ONEDNN");
    }
}
