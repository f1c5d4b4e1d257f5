package org.bpfree.tensor;

/** Sums over all axes but the last: the gradient of a bias. */
public final class ColumnSum {
    private ColumnSum() {}

    /** {@code output[c] = sum over rows of input[row, c]}, summed as {@link ChannelLoops} does. */
    public static Routine of(Tensor input, Tensor output) {
        int columns = output.size();
        ChannelPasses passes = ChannelPasses.over(input, columns);
        double[] sums = new double[columns];
        return () -> {
            passes.sum(input, sums);
            output.write(0, sums, 0, columns);
        };
    }

    /** {@code output[row, c] = input[row, c] + bias[c]}; output may be the input. */
    public static Routine addBias(Tensor input, Tensor bias, Tensor output) {
        if (input.precision() != Precision.FLOAT32) {
            return NativeOp.of("biasadd", new Tensor[] {input, bias}, output);
        }
        int columns = bias.size();
        int rowsAtOnce = Math.max(1, Chunked.CHUNK / columns);
        return Parallel.loop(input.size() / columns, Chunked.LEAST_SHARE / columns + 1, (begin, end) -> {
            float[] x = new float[rowsAtOnce * columns];
            float[] biases = new float[x.length];
            return () -> {
                for (int at = 0; at < biases.length; at += columns) {
                    bias.read(0, biases, at, columns);
                }
                for (int row = begin; row < end; row += rowsAtOnce) {
                    int n = Math.min(rowsAtOnce, end - row) * columns;
                    input.read(row * columns, x, 0, n);
                    for (int i = 0; i < n; i++) {
                        x[i] += biases[i];
                    }
                    output.write(row * columns, x, 0, n);
                }
            };
        });
    }
}
