package org.bpfree.tensor;

import java.util.Optional;

/**
 * Cross-correlation of maps {@code [batch, height, width, in]} with kernels {@code [out, size, size, in]}, and its two adjoints.
 *
 * <p>Single precision runs on {@link OneDnn} where it is at hand, through {@link WinogradConvolution} where that is faster. Double
 * precision and other platforms run on {@link NativeConvolution}.
 */
public final class Convolution {
    private Convolution() {}

    /**
     * {@code output = input * weights + bias}.
     *
     * @param bias {@code [out]}, or null for none
     */
    public static Routine forward(Tensor input, Tensor weights, Tensor bias, Tensor output, Window window) {
        Optional<Kernels> kernels = kernels(input, output, window);
        if (kernels.isPresent()) {
            return kernels.get().forward(bias != null).forward(input, weights, bias, output);
        }
        return NativeConvolution.forward(input, weights, bias, output, window);
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
        Optional<Kernels> kernels = kernels(input, error, window);
        if (kernels.isPresent()) {
            return inputError(input, feedback, error, inputError, window)
                    .then(gradient(input, error, weightGradient, biasGradient, window));
        }
        return NativeConvolution.backward(input, feedback, error, inputError, weightGradient, biasGradient, window);
    }

    /**
     * Error of the input alone, for a layer whose weights do not change or are changed by other errors.
     *
     * @param feedback {@code [out, size, size, in]}
     */
    public static Routine inputError(Tensor input, Tensor feedback, Tensor error, Tensor inputError, Window window) {
        return kernels(input, error, window)
                .map(kernels -> kernels.inputError().inputError(feedback, error, inputError))
                .orElseGet(() -> backward(input, feedback, error, inputError, like(feedback), null, window));
    }

    /**
     * Gradients alone, for a layer whose input error nobody reads.
     *
     * @param weightGradient {@code [out, size, size, in]}
     * @param biasGradient {@code [out]}, or null for a layer without bias
     */
    public static Routine gradient(
            Tensor input, Tensor error, Tensor weightGradient, Tensor biasGradient, Window window) {
        return kernels(input, error, window)
                .map(kernels ->
                        kernels.gradient(biasGradient != null).gradient(input, error, weightGradient, biasGradient))
                .orElseGet(() -> backward(
                        input, like(weightGradient), error, like(input), weightGradient, biasGradient, window));
    }

    private static Tensor like(Tensor tensor) {
        return Tensor.zeros(tensor.precision(), tensor.shape());
    }

    private static Optional<Kernels> kernels(Tensor input, Tensor output, Window window) {
        return OneDnn.forPrecision(input.precision())
                .filter(library -> OneDnnConvolution.fits(input.shape(), output.shape(), window))
                .map(library -> new Kernels(library, input.shape(), output.shape(), window));
    }

    /** The faster of two algorithms for each computation of a layer. */
    private record Kernels(OneDnn library, Shape input, Shape output, Window window) {
        ConvolutionPlan forward(boolean hasBias) {
            return WinogradConvolution.pays(library, input, output, window) ? filtered() : direct(hasBias);
        }

        ConvolutionPlan inputError() {
            return WinogradConvolution.pays(library, output, input, window) ? filtered() : direct(false);
        }

        ConvolutionPlan gradient(boolean hasBias) {
            return WinogradConvolution.paysForGradient(library, input, output, window) ? filtered() : direct(hasBias);
        }

        private ConvolutionPlan filtered() {
            return new WinogradConvolution(library, input, window);
        }

        private ConvolutionPlan direct(boolean hasBias) {
            return new SharedConvolution(library, input, output, window, hasBias);
        }
    }
}
