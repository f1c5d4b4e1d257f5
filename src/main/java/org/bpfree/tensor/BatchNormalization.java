package org.bpfree.tensor;

/**
 * Standardizes each channel (last axis) over all other axes, then scales and shifts it (Ioffe and Szegedy 2015). Sums are formed in
 * double precision, but for those of a few rows, see {@link ChannelLoops}.
 */
public final class BatchNormalization {
    private final Tensor input;
    private final Tensor scale;
    private final Tensor shift;
    private final Tensor output;
    private final boolean rectified;
    private final Tensor shortcut; // or null
    private final double epsilon;
    private final int channels;
    private final int rows;
    private final ChannelPasses passes;
    private final double[] mean;
    private final double[] variance;
    private final double[] inverse; // of the standard deviation
    private final double[] factor;
    private final double[] offset;
    private final double[] slope;
    private final double[] errorSum;
    private final double[] product;
    private boolean remembered;

    /** Binds to {@code input} and {@code output} of equal shape and {@code [channels]} of scale and shift. */
    public BatchNormalization(Tensor input, Tensor scale, Tensor shift, Tensor output, double epsilon) {
        this(input, scale, shift, null, false, output, epsilon);
    }

    /**
     * A normalization with a rectifier behind it, {@code output = max(0, normalized + shortcut)}, in the passes it makes anyway.
     *
     * @param shortcut of the shape of the input, or null
     */
    public static BatchNormalization rectified(
            Tensor input, Tensor scale, Tensor shift, Tensor shortcut, Tensor output, double epsilon) {
        return new BatchNormalization(input, scale, shift, shortcut, true, output, epsilon);
    }

    private BatchNormalization(
            Tensor input,
            Tensor scale,
            Tensor shift,
            Tensor shortcut,
            boolean rectified,
            Tensor output,
            double epsilon) {
        this.input = input;
        this.scale = scale;
        this.shift = shift;
        this.shortcut = shortcut;
        this.rectified = rectified;
        this.output = output;
        this.epsilon = epsilon;
        channels = scale.size();
        rows = input.size() / channels;
        passes = ChannelPasses.over(input, channels);
        mean = new double[channels];
        variance = new double[channels];
        inverse = new double[channels];
        factor = new double[channels];
        offset = new double[channels];
        slope = new double[channels];
        errorSum = new double[channels];
        product = new double[channels];
    }

    /** {@code output} from the statistics of this batch, which are blended into the running ones with weight {@code momentum}. */
    public void forward(Tensor runningMean, Tensor runningVariance, double momentum) {
        remembered = false;
        passes.moments(input, mean, variance);
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
        remembered = true;
        runningMean.read(0, mean, 0, channels);
        runningVariance.read(0, variance, 0, channels);
        normalize();
    }

    private void normalize() {
        for (int c = 0; c < channels; c++) {
            inverse[c] = 1 / Math.sqrt(variance[c] + epsilon);
        }
        readFactors();
        if (rectified) {
            passes.rectified(input, mean, factor, offset, shortcut, output);
        } else {
            passes.affine(input, mean, factor, offset, output);
        }
    }

    private void readFactors() {
        scale.read(0, factor, 0, channels);
        shift.read(0, offset, 0, channels);
        for (int c = 0; c < channels; c++) {
            factor[c] *= inverse[c];
        }
    }

    /**
     * The adjoint of the last {@link #forward} or {@link #predict}; remembered statistics do not depend on the input.
     *
     * @param feedbackScale what stands in for the scale in the path of the error
     * @param inputError written, or null
     * @param scaleGradient written, or null
     * @param shiftGradient written, or null
     */
    public void backward(
            Tensor error, Tensor feedbackScale, Tensor inputError, Tensor scaleGradient, Tensor shiftGradient) {
        backward(error, feedbackScale, inputError, null, scaleGradient, shiftGradient);
    }

    /**
     * {@link #backward(Tensor, Tensor, Tensor, Tensor, Tensor)} of a rectified normalization.
     *
     * @param shortcutError written: the error that passes the rectifier; or null
     */
    public void backward(
            Tensor error,
            Tensor feedbackScale,
            Tensor inputError,
            Tensor shortcutError,
            Tensor scaleGradient,
            Tensor shiftGradient) {
        Tensor passed = error;
        if (rectified) {
            passed = shortcutError != null ? shortcutError : inputError;
            passes.rectifiedProducts(input, mean, error, output, passed, errorSum, product);
        } else {
            passes.products(input, mean, error, errorSum, product);
        }
        passOn(passed, feedbackScale, inputError, scaleGradient, shiftGradient);
    }

    /**
     * The response of a rectified normalization to a displacement {@code D} of its pre-activation {@code h}: as {@link #backward}, with
     * {@code max(0, h) - max(0, h - D)} for what passes the rectifier. The pre-activation is formed once more.
     *
     * @param shortcutError written: what passes the rectifier; or null
     */
    public void displaced(
            Tensor displacement,
            Tensor feedbackScale,
            Tensor inputError,
            Tensor shortcutError,
            Tensor scaleGradient,
            Tensor shiftGradient) {
        Tensor passed = shortcutError != null ? shortcutError : inputError;
        readFactors();
        passes.displacedProducts(input, mean, factor, offset, shortcut, displacement, passed, errorSum, product);
        passOn(passed, feedbackScale, inputError, scaleGradient, shiftGradient);
    }

    /** The adjoint of the normalization, from an error whose sums and products are known. */
    private void passOn(
            Tensor error, Tensor feedbackScale, Tensor inputError, Tensor scaleGradient, Tensor shiftGradient) {
        for (int c = 0; c < channels; c++) {
            product[c] *= inverse[c];
        }
        if (scaleGradient != null) {
            scaleGradient.write(0, product, 0, channels);
        }
        if (shiftGradient != null) {
            shiftGradient.write(0, errorSum, 0, channels);
        }
        if (inputError == null) {
            return;
        }
        // factor (e - mean(e) - (x - mean) inverse^2 mean(e (x - mean)))
        feedbackScale.read(0, factor, 0, channels);
        for (int c = 0; c < channels; c++) {
            factor[c] *= inverse[c];
            slope[c] = remembered ? 0 : -factor[c] * product[c] * inverse[c] / rows;
            offset[c] = remembered ? 0 : -factor[c] * errorSum[c] / rows;
        }
        passes.combine(input, mean, slope, error, factor, offset, inputError);
    }
}
