package org.bpfree.tensor;

/**
 * The loops of a {@link DepthwiseConvolution} over one image. A copy of the map has what is past its border as zeros, each channel as often
 * as it has kernels, and the columns that windows reach with the same place of a kernel one behind the other. For each place of the kernel a
 * whole row of outputs is then a loop over numbers that follow each other, in blocks in which the kernels are repeated as often as fits.
 */
final class DepthwiseTaps {
    /** Numbers of a block of repeated kernels: enough for long loops, and few enough for the first-level cache. */
    private static final int BLOCK = 256;

    private final int size;
    private final int stride;
    private final int height;
    private final int width;
    private final int channels;
    private final int multiplier;
    private final int outputs;
    private final int outputHeight;
    private final int rowLength; // of a row of the output
    private final int top;
    private final int left;
    private final int paddedHeight;
    private final int phaseLength; // of the columns of one phase in a row of the copy
    private final int block;
    private final Precision precision;
    private final Strip padded;
    private final Strip line;
    private final Strip row;
    private final Strip taps; // one block of what the windows see at one place
    private final Strip errors;
    private final Strip sum;
    private final Strip ones;
    private final Strip biasSums;
    private final double[] values;

    DepthwiseTaps(Tensor input, Tensor output, Window window) {
        Shape in = input.shape();
        Shape out = output.shape();
        size = window.size();
        stride = window.stride();
        height = in.extent(1);
        width = in.extent(2);
        channels = in.extent(3);
        outputs = out.extent(3);
        multiplier = outputs / channels;
        outputHeight = out.extent(1);
        rowLength = out.extent(2) * outputs;
        top = window.paddingBefore(height);
        left = window.paddingBefore(width);
        paddedHeight = Math.max((outputHeight - 1) * stride + size, top + height);
        int paddedWidth = Math.max((out.extent(2) - 1) * stride + size, left + width);
        phaseLength = (paddedWidth + stride - 1) / stride * outputs;
        block = Math.max(1, Math.min(out.extent(2), BLOCK / outputs)) * outputs;
        precision = input.precision();
        padded = Strip.of(precision, paddedHeight * stride * phaseLength);
        line = Strip.of(precision, width * channels);
        row = Strip.of(precision, rowLength);
        taps = Strip.of(precision, block);
        errors = Strip.of(precision, block);
        sum = Strip.of(precision, block);
        ones = Strip.of(precision, block);
        biasSums = Strip.of(precision, block);
        for (int i = 0; i < block; i++) {
            ones.set(i, 1);
        }
        values = new double[outputs * size * size];
    }

    /** A block for each place of the kernel. */
    Strip[] blocks() {
        Strip[] blocks = new Strip[size * size];
        for (int place = 0; place < blocks.length; place++) {
            blocks[place] = block();
        }
        return blocks;
    }

    /** A block of zeros. */
    Strip block() {
        return Strip.of(precision, block);
    }

    /** Repeats the kernels in the block of each of their places. */
    void spread(Tensor weights, Strip[] blocks) {
        int places = size * size;
        weights.read(0, values, 0, values.length);
        for (int place = 0; place < places; place++) {
            for (int i = 0; i < block; i++) {
                blocks[place].set(i, values[i % outputs * places + place]);
            }
        }
    }

    /** Repeats a vector in a block. */
    void repeat(Tensor vector, Strip to) {
        vector.read(0, values, 0, outputs);
        for (int i = 0; i < block; i++) {
            to.set(i, values[i % outputs]);
        }
    }

    /** Where a pixel of the map stands in the copy. */
    private int place(int y, int x) {
        int column = x + left;
        return ((y + top) * stride + column % stride) * phaseLength + column / stride * outputs;
    }

    /** Where the pixel stands that the first window of a row sees at a place of its kernel. */
    private int first(int outputRow, int place) {
        int i = place / size;
        int j = place % size;
        return ((outputRow * stride + i) * stride + j % stride) * phaseLength + j / stride * outputs;
    }

    /** Copies an image; what is past the border stays zero. */
    void readMap(Tensor input, int n) {
        for (int y = 0; y < height; y++) {
            line.read(input, (n * height + y) * width * channels, 0, width * channels);
            if (multiplier == 1 && stride == 1) {
                padded.copy(line, 0, place(y, 0), width * channels);
                continue;
            }
            for (int x = 0; x < width; x++) {
                if (multiplier == 1) {
                    padded.copy(line, x * channels, place(y, x), channels);
                } else {
                    readPixel(x * channels, place(y, x));
                }
            }
        }
    }

    private void readPixel(int from, int to) {
        for (int c = 0; c < channels; c++) {
            for (int m = 0; m < multiplier; m++) {
                padded.set(to + c * multiplier + m, line.at(from + c));
            }
        }
    }

    /** Writes the copy back, the sum of the kernels of each channel. */
    void writeMap(Tensor inputError, int n) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (multiplier == 1) {
                    line.copy(padded, place(y, x), x * channels, channels);
                } else {
                    writePixel(place(y, x), x * channels);
                }
            }
            line.write(inputError, (n * height + y) * width * channels, 0, width * channels);
        }
    }

    private void writePixel(int from, int to) {
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int m = 0; m < multiplier; m++) {
                sum += padded.at(from + c * multiplier + m);
            }
            line.set(to + c, sum);
        }
    }

    /** The outputs of the image that was copied. */
    void forward(Strip[] kernels, Strip bias, Tensor output, int n) {
        for (int y = 0; y < outputHeight; y++) {
            for (int at = 0; at < rowLength; at += block) {
                int count = Math.min(block, rowLength - at);
                sum.copy(bias, 0, 0, count);
                for (int place = 0; place < kernels.length; place++) {
                    taps.copy(padded, first(y, place) + at, 0, count);
                    sum.addProducts(taps, kernels[place], count);
                }
                row.copy(sum, 0, at, count);
            }
            row.write(output, (n * outputHeight + y) * rowLength, 0, rowLength);
        }
    }

    /** The error of the copy of an image. */
    void inputError(Strip[] kernels, Tensor error, int n) {
        padded.clear();
        for (int y = 0; y < outputHeight; y++) {
            row.read(error, (n * outputHeight + y) * rowLength, 0, rowLength);
            for (int at = 0; at < rowLength; at += block) {
                int count = Math.min(block, rowLength - at);
                errors.copy(row, at, 0, count);
                for (int place = 0; place < kernels.length; place++) {
                    int to = first(y, place) + at;
                    sum.copy(padded, to, 0, count);
                    sum.addProducts(errors, kernels[place], count);
                    padded.copy(sum, 0, to, count);
                }
            }
        }
    }

    /** Sums, for each place, of the products of the copied image and its error; and of the errors, for the bias. */
    void gradient(Strip[] sums, Tensor error, int n) {
        biasSums.clear();
        for (int place = 0; place < sums.length; place++) {
            sums[place].clear();
        }
        for (int y = 0; y < outputHeight; y++) {
            row.read(error, (n * outputHeight + y) * rowLength, 0, rowLength);
            for (int at = 0; at < rowLength; at += block) {
                int count = Math.min(block, rowLength - at);
                errors.copy(row, at, 0, count);
                biasSums.addProducts(errors, ones, count);
                for (int place = 0; place < sums.length; place++) {
                    taps.copy(padded, first(y, place) + at, 0, count);
                    sums[place].addProducts(taps, errors, count);
                }
            }
        }
    }

    /** Adds the sums of an image to a row of outputs for each place, and one for the bias behind them. */
    void fold(Strip[] sums, double[] totals) {
        for (int i = 0; i < block; i++) {
            for (int place = 0; place < sums.length; place++) {
                totals[place * outputs + i % outputs] += sums[place].at(i);
            }
            totals[sums.length * outputs + i % outputs] += biasSums.at(i);
        }
    }
}
