package org.bpfree.tensor;

/**
 * Cross-correlation of maps {@code [batch, height, width, in]} with kernels {@code [out, size, size, in]}, and its two adjoints.
 * These layouts are the fastest that ND4J's oneDNN kernels have.
 */
public final class Convolution {
    private static final int CHANNELS_LAST = 1;
    private static final int WEIGHTS_OUT_FIRST = 2;

    private Convolution() {}

    /**
     * {@code output = input * weights + bias}.
     *
     * @param bias {@code [out]}, or null for none
     */
    public static Routine forward(Tensor input, Tensor weights, Tensor bias, Tensor output, Window window) {
        Tensor[] inputs = bias == null ? new Tensor[] {input, weights} : new Tensor[] {input, weights, bias};
        return NativeOp.withIntegers("conv2d", inputs, new Tensor[] {output}, arguments(window));
    }

    /**
     * Error of the input, gradient of the weights and gradient of the bias in one pass.
     *
     * <p>The gradients depend on the input and the error only, so {@code feedback} may be any stand-in for the weights: it shapes the
     * input error and nothing else.
     *
     * @param feedback {@code [out, size, size, in]}: the weights, or what replaces them in the error path
     * @param biasGradient {@code [out]}, or null for a layer without bias
     */
    public static Routine backward(
            Tensor input,
            Tensor feedback,
            Tensor error,
            Tensor inputError,
            Tensor weightGradient,
            Tensor biasGradient,
            Window window) {
        if (biasGradient == null) {
            return NativeOp.withIntegers(
                    "conv2d_bp",
                    new Tensor[] {input, feedback, error},
                    new Tensor[] {inputError, weightGradient},
                    arguments(window));
        }
        // The op wants a bias to know that its gradient is asked for; it does not read the values.
        return NativeOp.withIntegers(
                "conv2d_bp",
                new Tensor[] {input, feedback, biasGradient, error},
                new Tensor[] {inputError, weightGradient, biasGradient},
                arguments(window));
    }

    /**
     * Gradients alone, for a layer whose input error nobody reads.
     *
     * @param weightGradient {@code [out, size, size, in]}
     * @param biasGradient {@code [out]}, or null for a layer without bias
     */
    public static Routine gradient(
            Tensor input, Tensor error, Tensor weightGradient, Tensor biasGradient, Window window) {
        if (input.precision() == Precision.FLOAT64) {
            Tensor unread = Tensor.zeros(input.precision(), input.shape());
            Tensor anyFeedback = Tensor.zeros(input.precision(), weightGradient.shape());
            return backward(input, anyFeedback, error, unread, weightGradient, biasGradient, window);
        }
        Routine weights = new PatchGradient(input, error, weightGradient, window);
        return biasGradient == null ? weights : weights.then(ColumnSum.of(error, biasGradient));
    }

    private static long[] arguments(Window window) {
        int size = window.size();
        int stride = window.stride();
        return new long[] {
            size, size, stride, stride, 0, 0, 1, 1, window.same() ? 1 : 0, CHANNELS_LAST, WEIGHTS_OUT_FIRST
        };
    }
}
