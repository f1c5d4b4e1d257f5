package org.bpfree.tensor;

import java.util.Arrays;

/**
 * Standardizes each row (all axes but the last folded) over the last axis, then scales and shifts it (Ba, Kiros and Hinton, <i>Layer
 * Normalization</i>, arXiv 1607.06450). Sums are formed in double precision.
 */
public final class LayerNormalization {
    private final Tensor input;
    private final Tensor scale;
    private final Tensor shift;
    private final Tensor output;
    private final double epsilon;
    private final int features;
    private final int rows;
    private final int rowsAtOnce;
    private final double[] chunk;
    private final double[] errors;
    private final double[] mean;
    private final double[] inverse;
    private final double[] factor;
    private final double[] offset;
    private final double[] scaleSum;
    private final double[] shiftSum;

    /** Binds to {@code input} and {@code output} of equal shape and {@code [features]} of scale and shift. */
    public LayerNormalization(Tensor input, Tensor scale, Tensor shift, Tensor output, double epsilon) {
        this.input = input;
        this.scale = scale;
        this.shift = shift;
        this.output = output;
        this.epsilon = epsilon;
        features = scale.size();
        rows = input.size() / features;
        rowsAtOnce = Math.max(1, 2048 / features);
        chunk = new double[rowsAtOnce * features];
        errors = new double[rowsAtOnce * features];
        mean = new double[rows];
        inverse = new double[rows];
        factor = new double[features];
        offset = new double[features];
        scaleSum = new double[features];
        shiftSum = new double[features];
    }

    /** {@code output = scale * (x - mean(x)) / sqrt(variance(x) + epsilon) + shift} for each row {@code x}. */
    public void forward() {
        scale.read(0, factor, 0, features);
        shift.read(0, offset, 0, features);
        for (int row = 0; row < rows; row += rowsAtOnce) {
            int count = Math.min(rowsAtOnce, rows - row);
            input.read(row * features, chunk, 0, count * features);
            for (int r = 0; r < count; r++) {
                normalize(row + r, r * features);
            }
            output.write(row * features, chunk, 0, count * features);
        }
    }

    private void normalize(int row, int from) {
        double middle = Sums.sum(chunk, from, features) / features;
        for (int i = 0; i < features; i++) {
            chunk[from + i] -= middle;
        }
        double inverseDeviation = 1 / Math.sqrt(Sums.dot(chunk, chunk, from, features) / features + epsilon);
        for (int i = 0; i < features; i++) {
            chunk[from + i] = factor[i] * chunk[from + i] * inverseDeviation + offset[i];
        }
        mean[row] = middle;
        inverse[row] = inverseDeviation;
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
        feedbackScale.read(0, factor, 0, features);
        Arrays.fill(scaleSum, 0);
        Arrays.fill(shiftSum, 0);
        for (int row = 0; row < rows; row += rowsAtOnce) {
            int count = Math.min(rowsAtOnce, rows - row);
            input.read(row * features, chunk, 0, count * features);
            error.read(row * features, errors, 0, count * features);
            for (int r = 0; r < count; r++) {
                standardizeAndSum(row + r, r * features);
                spread(row + r, r * features);
            }
            if (inputError != null) {
                inputError.write(row * features, errors, 0, count * features);
            }
        }
        if (scaleGradient != null) {
            scaleGradient.write(0, scaleSum, 0, features);
        }
        if (shiftGradient != null) {
            shiftGradient.write(0, shiftSum, 0, features);
        }
    }

    private void standardizeAndSum(int row, int from) {
        double middle = mean[row];
        double inverseDeviation = inverse[row];
        for (int i = 0; i < features; i++) {
            double standardized = (chunk[from + i] - middle) * inverseDeviation;
            scaleSum[i] += errors[from + i] * standardized;
            shiftSum[i] += errors[from + i];
            chunk[from + i] = standardized;
        }
    }

    /** With {@code g} the error times the scale: {@code (g - mean(g) - x mean(g x)) / deviation}, {@code x} standardized. */
    private void spread(int row, int from) {
        for (int i = 0; i < features; i++) {
            errors[from + i] *= factor[i];
        }
        double sum = Sums.sum(errors, from, features) / features;
        double product = Sums.dot(errors, chunk, from, features) / features;
        double inverseDeviation = inverse[row];
        for (int i = 0; i < features; i++) {
            errors[from + i] = (errors[from + i] - sum - chunk[from + i] * product) * inverseDeviation;
        }
    }
}
