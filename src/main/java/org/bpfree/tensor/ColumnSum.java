package org.bpfree.tensor;

import java.util.Arrays;

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
        int columns = bias.size();
        ChannelPasses passes = ChannelPasses.over(input, columns);
        double[] zeros = new double[columns];
        double[] ones = new double[columns];
        Arrays.fill(ones, 1);
        double[] biases = new double[columns];
        return () -> {
            bias.read(0, biases, 0, columns);
            passes.affine(input, zeros, ones, biases, output);
        };
    }
}
