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
        return NativeOp.of("biasadd", new Tensor[] {input, bias}, output);
    }
}
