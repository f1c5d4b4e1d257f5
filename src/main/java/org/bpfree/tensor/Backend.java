package org.bpfree.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
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

    /** The number of threads that kernels started by the calling thread use. */
    static int threads() {
        Nd4j.getBackend(); // comes before the operations
        return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
    }

    /** Runs a body whose native kernels shall use the calling thread only. */
    static void onOneThread(Routine body) {
        onOneThread(() -> {
            body.run();
            return null;
        });
    }

    /** Has something made whose native kernels shall use the calling thread only. */
    static <T> T onOneThread(Supplier<T> maker) {
        NativeOps operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
        int threads = operations.ompGetMaxThreads();
        operations.setOmpNumThreads(1);
        try {
            return maker.get();
        } finally {
            operations.setOmpNumThreads(threads);
        }
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
