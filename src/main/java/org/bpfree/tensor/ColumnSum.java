package org.bpfree.tensor;

/** Sums over all axes but the last: the gradient of a bias. */
public final class ColumnSum {
    private ColumnSum() {}

    /** {@code output[c] = sum over rows of input[row, c]}, summed in double precision. */
    public static Routine of(Tensor input, Tensor output) {
        int columns = output.size();
        int rows = input.size() / columns;
        int rowsAtOnce = Math.max(1, 2048 / columns);
        double[] chunk = new double[rowsAtOnce * columns];
        double[] sums = new double[columns];
        return () -> {
            java.util.Arrays.fill(sums, 0);
            for (int row = 0; row < rows; row += rowsAtOnce) {
                int count = Math.min(rowsAtOnce, rows - row) * columns;
                input.read(row * columns, chunk, 0, count);
                for (int i = 0; i < count; i += columns) {
                    for (int c = 0; c < columns; c++) {
                        sums[c] += chunk[i + c];
                    }
                }
            }
            output.write(0, sums, 0, columns);
        };
    }

    /** {@code output[row, c] = input[row, c] + bias[c]}; output may be the input. */
    public static Routine addBias(Tensor input, Tensor bias, Tensor output) {
        return NativeOp.of("biasadd", new Tensor[] {input, bias}, output);
    }
}
