package org.bpfree.tensor;

import java.util.Arrays;

/**
 * Standardizes each channel (last axis) over all other axes, then scales and shifts it (Ioffe and Szegedy 2015). Sums are formed in
 * double precision.
 */
public final class BatchNormalization {
    private final Tensor input;
    private final Tensor scale;
    private final Tensor shift;
    private final Tensor output;
    private final double epsilon;
    private final int channels;
    private final int rows;
    private final int rowsAtOnce;
    private final double[] chunk;
    private final double[] errors;
    private final double[] mean;
    private final double[] variance;
    private final double[] factor;
    private final double[] offset;

    /** Binds to {@code input} and {@code output} of equal shape and {@code [channels]} of scale and shift. */
    public BatchNormalization(Tensor input, Tensor scale, Tensor shift, Tensor output, double epsilon) {
        this.input = input;
        this.scale = scale;
        this.shift = shift;
        this.output = output;
        this.epsilon = epsilon;
        channels = scale.size();
        rows = input.size() / channels;
        rowsAtOnce = Math.max(1, 2048 / channels);
        chunk = new double[rowsAtOnce * channels];
        errors = new double[rowsAtOnce * channels];
        mean = new double[channels];
        variance = new double[channels];
        factor = new double[channels];
        offset = new double[channels];
    }

    /** {@code output} from the statistics of this batch, which are blended into the running ones with weight {@code momentum}. */
    public void forward(Tensor runningMean, Tensor runningVariance, double momentum) {
        Arrays.fill(mean, 0);
        Arrays.fill(variance, 0);
        forEachRow((x, e, c) -> mean[c] += x, null);
        for (int c = 0; c < channels; c++) {
            mean[c] /= rows;
        }
        forEachRow((x, e, c) -> variance[c] += (x - mean[c]) * (x - mean[c]), null);
        for (int c = 0; c < channels; c++) {
            // The running variance is the unbiased one, as in PyTorch.
            double unbiased = variance[c] / (rows - 1);
            variance[c] /= rows;
            if (rows == 1) {
                continue; // one value has no variance to remember
            }
            runningMean.set(c, (1 - momentum) * runningMean.at(c) + momentum * mean[c]);
            runningVariance.set(c, (1 - momentum) * runningVariance.at(c) + momentum * unbiased);
        }
        normalize();
    }

    /** {@code output} from remembered statistics. */
    public void predict(Tensor runningMean, Tensor runningVariance) {
        runningMean.read(0, mean, 0, channels);
        runningVariance.read(0, variance, 0, channels);
        normalize();
    }

    private void normalize() {
        for (int c = 0; c < channels; c++) {
            factor[c] = scale.at(c) / Math.sqrt(variance[c] + epsilon);
            offset[c] = shift.at(c) - factor[c] * mean[c];
        }
        for (int row = 0; row < rows; row += rowsAtOnce) {
            int count = Math.min(rowsAtOnce, rows - row) * channels;
            input.read(row * channels, chunk, 0, count);
            for (int i = 0; i < count; i += channels) {
                for (int c = 0; c < channels; c++) {
                    chunk[i + c] = factor[c] * chunk[i + c] + offset[c];
                }
            }
            output.write(row * channels, chunk, 0, count);
        }
    }

    /**
     * The adjoint of the last {@link #forward}.
     *
     * @param feedbackScale what stands in for the scale in the path of the error
     * @param inputError written, or null
     * @param scaleGradient written, or null
     * @param shiftGradient written, or null
     */
    public void backward(
            Tensor error, Tensor feedbackScale, Tensor inputError, Tensor scaleGradient, Tensor shiftGradient) {
        double[] errorSum = new double[channels];
        double[] product = new double[channels];
        double[] inverse = new double[channels];
        for (int c = 0; c < channels; c++) {
            inverse[c] = 1 / Math.sqrt(variance[c] + epsilon);
        }
        forEachRow(
                (x, e, c) -> {
                    errorSum[c] += e;
                    product[c] += e * (x - mean[c]) * inverse[c];
                },
                error);
        if (scaleGradient != null) {
            scaleGradient.write(0, product, 0, channels);
        }
        if (shiftGradient != null) {
            shiftGradient.write(0, errorSum, 0, channels);
        }
        if (inputError != null) {
            spread(error, feedbackScale, inputError, errorSum, product, inverse);
        }
    }

    private void spread(
            Tensor error,
            Tensor feedbackScale,
            Tensor inputError,
            double[] errorSum,
            double[] product,
            double[] inverse) {
        for (int c = 0; c < channels; c++) {
            factor[c] = feedbackScale.at(c) * inverse[c];
            errorSum[c] /= rows;
            product[c] *= inverse[c] / rows;
        }
        for (int row = 0; row < rows; row += rowsAtOnce) {
            int count = Math.min(rowsAtOnce, rows - row) * channels;
            input.read(row * channels, chunk, 0, count);
            error.read(row * channels, errors, 0, count);
            for (int i = 0; i < count; i += channels) {
                for (int c = 0; c < channels; c++) {
                    errors[i + c] = factor[c] * (errors[i + c] - errorSum[c] - (chunk[i + c] - mean[c]) * product[c]);
                }
            }
            inputError.write(row * channels, errors, 0, count);
        }
    }

    @FunctionalInterface
    private interface Visit {
        void accept(double x, double e, int channel);
    }

    private void forEachRow(Visit visit, Tensor error) {
        for (int row = 0; row < rows; row += rowsAtOnce) {
            int count = Math.min(rowsAtOnce, rows - row) * channels;
            input.read(row * channels, chunk, 0, count);
            if (error != null) {
                error.read(row * channels, errors, 0, count);
            }
            for (int i = 0; i < count; i += channels) {
                for (int c = 0; c < channels; c++) {
                    visit.accept(chunk[i + c], errors[i + c], c);
                }
            }
        }
    }
}
