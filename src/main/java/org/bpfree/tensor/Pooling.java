package org.bpfree.tensor;

/** Windows over maps {@code [batch, height, width, channels]}, each reduced to one value a channel. */
public final class Pooling {
    private static final int CHANNELS_LAST = 1;

    /** What a window is reduced to. */
    public enum Reduction {
        /** The largest value; its error goes to the position that won, the first one of equals. */
        MAX("maxpool2d", 0),
        /** The mean over the pixels inside the map; the error is shared equally. */
        MEAN("avgpool2d", 0);

        private final String op;
        private final int extra;

        Reduction(String op, int extra) {
            this.op = op;
            this.extra = extra;
        }
    }

    private Pooling() {}

    /** {@code output = reduced windows of input}. */
    public static Routine forward(Reduction reduction, Tensor input, Tensor output, Window window) {
        if (reduction == Reduction.MAX && input.precision() == Precision.FLOAT32) {
            return MaxPooling.of(input, output, window);
        }
        return overBatch(
                input,
                (from, count) -> NativeOp.withIntegers(
                        reduction.op,
                        new Tensor[] {input.slice(from, count)},
                        new Tensor[] {output.slice(from, count)},
                        arguments(reduction, input, window)));
    }

    /**
     * {@code inputError = error} of each window, sent to where the value came from.
     *
     * @param output what {@link #forward} made of {@code input}
     */
    public static Routine backward(
            Reduction reduction, Tensor input, Tensor output, Tensor error, Tensor inputError, Window window) {
        if (reduction == Reduction.MAX && MaxPoolingError.fits(input, output, window)) {
            return MaxPoolingError.of(input, output, error, inputError, window);
        }
        return overBatch(
                input,
                (from, count) -> NativeOp.withIntegers(
                        reduction.op + "_bp",
                        new Tensor[] {input.slice(from, count), error.slice(from, count)},
                        new Tensor[] {inputError.slice(from, count)},
                        arguments(reduction, input, window)));
    }

    /** A native operation on some images of a batch. */
    @FunctionalInterface
    private interface Part {
        Routine of(int from, int count);
    }

    private static Routine overBatch(Tensor input, Part part) {
        int least = Chunked.LEAST_SHARE / Math.toIntExact(input.shape().inner().size()) + 1;
        return Parallel.loop(input.shape().extent(0), least, (from, to) -> part.of(from, to - from));
    }

    private static long[] arguments(Reduction reduction, Tensor input, Window window) {
        int size = window.size();
        int stride = window.stride();
        int padding =
                window.nativePadding(input.shape().extent(1), input.shape().extent(2));
        return new long[] {size, size, stride, stride, 0, 0, 1, 1, padding, reduction.extra, CHANNELS_LAST};
    }
}
