package org.bpfree.tensor;

import java.util.Arrays;

/** Sums of windows that do not overlap, over maps {@code [batch, height, width, channels]}, times a fixed weight, and the adjoint. */
public final class SumPooling {
    private SumPooling() {}

    /** {@code output = weight * sums of the windows of input}; what does not fill a window is left out. */
    public static Routine forward(Tensor input, int size, double weight, Tensor output) {
        Rows rows = new Rows(input.shape(), size, output.shape());
        double[] in = new double[rows.inputRow];
        double[] out = new double[rows.outputRow];
        return () -> {
            for (int row = 0; row < rows.count; row++) {
                Arrays.fill(out, 0);
                for (int line = 0; line < size; line++) {
                    input.read(rows.input(row, line), in, 0, rows.inputRow);
                    rows.addWindows(in, out);
                }
                for (int i = 0; i < out.length; i++) {
                    out[i] *= weight;
                }
                output.write(row * rows.outputRow, out, 0, rows.outputRow);
            }
        };
    }

    /** {@code inputError = weight * error} of its window for every pixel, 0 outside the windows. */
    public static Routine backward(Tensor error, int size, double weight, Tensor inputError) {
        Rows rows = new Rows(inputError.shape(), size, error.shape());
        double[] in = new double[rows.inputRow];
        double[] out = new double[rows.outputRow];
        boolean covers = rows.outputRow * size == rows.inputRow && rows.covered == rows.inputRows;
        return () -> {
            if (!covers) {
                inputError.fill(0);
            }
            for (int row = 0; row < rows.count; row++) {
                error.read(row * rows.outputRow, out, 0, rows.outputRow);
                for (int i = 0; i < out.length; i++) {
                    out[i] *= weight;
                }
                rows.spread(out, in);
                for (int line = 0; line < size; line++) {
                    inputError.write(rows.input(row, line), in, 0, rows.inputRow);
                }
            }
        };
    }

    /** How the rows of two maps lie to each other. */
    private static final class Rows {
        private final int size;
        private final int channels;
        private final int inputRow;
        private final int outputRow;
        private final int inputRows;
        private final int outputRows;
        private final int covered;
        private final int count;

        Rows(Shape input, int size, Shape output) {
            this.size = size;
            channels = input.extent(3);
            inputRow = input.extent(2) * channels;
            outputRow = output.extent(2) * channels;
            inputRows = input.extent(1);
            outputRows = output.extent(1);
            covered = outputRows * size;
            count = output.extent(0) * outputRows;
        }

        /** Where a line of the windows of a row of the output begins in the input. */
        int input(int row, int line) {
            int sample = row / outputRows;
            return (sample * inputRows + row % outputRows * size + line) * inputRow;
        }

        void addWindows(double[] in, double[] out) {
            for (int column = 0; column * channels < outputRow; column++) {
                int to = column * channels;
                for (int k = 0; k < size; k++) {
                    int from = (column * size + k) * channels;
                    for (int c = 0; c < channels; c++) {
                        out[to + c] += in[from + c];
                    }
                }
            }
        }

        void spread(double[] out, double[] in) {
            for (int column = 0; column * channels < outputRow; column++) {
                for (int k = 0; k < size; k++) {
                    System.arraycopy(out, column * channels, in, (column * size + k) * channels, channels);
                }
            }
        }
    }
}
