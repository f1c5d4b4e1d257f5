package org.bpfree.tensor;

import java.util.Arrays;

/**
 * The largest value of each window of maps {@code [batch, height, width, channels]}, in single precision: first over the rows of a row of
 * windows, then over their columns, in loops along whole rows. Two to three times as fast as oneDNN's, and NaN is the largest of all.
 */
final class MaxPooling implements Routine {
    private final Tensor input;
    private final Tensor output;
    private final int size;
    private final int stride;
    private final int above; // rows of padding
    private final int left; // numbers of padding
    private final int channels;
    private final int height; // of the input
    private final int inRow; // numbers in a row of the input
    private final int outRow;
    private final int outRows;
    private final int reached; // of a padded row of the input, by windows
    private final int firstImage;
    private final int endImage;
    private final float[][] rows; // [size][padded row]
    private final float[] shifted;
    private final float[] largest; // [reached]
    private final float[] picked; // [outRow]

    private MaxPooling(Tensor input, Tensor output, Window window, int firstImage, int endImage) {
        this.input = input;
        this.output = output;
        this.firstImage = firstImage;
        this.endImage = endImage;
        size = window.size();
        stride = window.stride();
        height = input.shape().extent(1);
        int width = input.shape().extent(2);
        channels = input.shape().extent(3);
        above = window.paddingBefore(height);
        left = window.paddingBefore(width) * channels;
        inRow = width * channels;
        outRows = output.shape().extent(1);
        int columns = output.shape().extent(2);
        outRow = columns * channels;
        reached = ((columns - 1) * stride + size) * channels;
        rows = new float[size][Math.max(left + inRow, reached)];
        for (float[] row : rows) {
            Arrays.fill(row, Float.NEGATIVE_INFINITY); // the padding
        }
        shifted = new float[reached];
        largest = new float[reached];
        picked = new float[outRow];
    }

    /** {@code output = largest of each window of input}, a part of the batch on each thread. */
    static Routine of(Tensor input, Tensor output, Window window) {
        int images = input.shape().extent(0);
        int leastImages =
                Chunked.LEAST_SHARE / Math.toIntExact(input.shape().inner().size()) + 1;
        return Parallel.loop(images, leastImages, (from, to) -> new MaxPooling(input, output, window, from, to));
    }

    @Override
    public void run() {
        for (int image = firstImage; image < endImage; image++) {
            for (int row = 0; row < outRows; row++) {
                int top = row * stride - above;
                overRows(image * height, Math.max(0, top), Math.min(height, top + size));
                overColumns();
                output.write((image * outRows + row) * outRow, picked, 0, outRow);
            }
        }
    }

    private void overRows(int image, int top, int bottom) {
        for (int y = top; y < bottom; y++) {
            input.read((image + y) * inRow, rows[y - top], left, inRow);
        }
        System.arraycopy(rows[0], 0, largest, 0, reached);
        for (int i = 1; i < bottom - top; i++) {
            raise(largest, rows[i], reached);
        }
    }

    /** Afterwards each pixel holds the largest of itself and those behind it, of which every stride-th begins a window. */
    private void overColumns() {
        System.arraycopy(largest, 0, rows[0], 0, reached);
        for (int dx = 1; dx < size; dx++) {
            int n = reached - dx * channels;
            // Java's compiler makes vector instructions of loops that read all arrays at the same index.
            System.arraycopy(rows[0], dx * channels, shifted, 0, n);
            raise(largest, shifted, n);
        }
        for (int from = 0, to = 0; to < outRow; from += stride * channels, to += channels) {
            System.arraycopy(largest, from, picked, to, channels);
        }
    }

    private static void raise(float[] least, float[] others, int n) {
        for (int i = 0; i < n; i++) {
            least[i] = Math.max(least[i], others[i]);
        }
    }
}
