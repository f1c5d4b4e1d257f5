package org.bpfree.tensor;

/** Copies between a tensor and a range of the last axis of a wider one. */
public final class Columns {
    private Columns() {}

    /** {@code wide[..., from:from+k] = narrow}, where {@code k} is the last extent of {@code narrow}. */
    public static Routine put(Tensor narrow, Tensor wide, int from) {
        int k = narrow.shape().extent(-1);
        int width = wide.shape().extent(-1);
        return rows(k, narrow.size() / k, narrow, 0, k, wide, from, width);
    }

    /** {@code narrow = wide[..., from:from+k]}, where {@code k} is the last extent of {@code narrow}. */
    public static Routine take(Tensor wide, int from, Tensor narrow) {
        int k = narrow.shape().extent(-1);
        int width = wide.shape().extent(-1);
        return rows(k, narrow.size() / k, wide, from, width, narrow, 0, k);
    }

    private static Routine rows(
            int count, int rows, Tensor source, int from, int sourceStride, Tensor target, int to, int targetStride) {
        double[] row = new double[count];
        return () -> {
            for (int r = 0; r < rows; r++) {
                source.read(r * sourceStride + from, row, 0, count);
                target.write(r * targetStride + to, row, 0, count);
            }
        };
    }
}
