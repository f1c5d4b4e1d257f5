package org.bpfree.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions on ND4J's operations, for which the layouts of {@link Convolution} are the fastest, with a part of the batch for each
 * thread.
 */
final class NativeConvolution {
    private static final int CHANNELS_LAST = 1;
    private static final int WEIGHTS_OUT_FIRST = 2;

    private NativeConvolution() {}

    /** {@link Convolution#forward}. */
    static Routine forward(Tensor input, Tensor weights, Tensor bias, Tensor output, Window window) {
        return Parallel.loop(input.shape().extent(0), 1, (from, to) -> {
            Tensor some = input.slice(from, to - from);
            return NativeOp.withIntegers(
                    "conv2d",
                    bias == null ? new Tensor[] {some, weights} : new Tensor[] {some, weights, bias},
                    new Tensor[] {output.slice(from, to - from)},
                    arguments(input, window));
        });
    }

    /** {@link Convolution#backward}. */
    static Routine backward(
            Tensor input,
            Tensor feedback,
            Tensor error,
            Tensor inputError,
            Tensor weightGradient,
            Tensor biasGradient,
            Window window) {
        List<Routine> additions = new ArrayList<>();
        Routine parts = Parallel.loop(input.shape().extent(0), 1, (from, to) -> {
            Tensor some = input.slice(from, to - from);
            Tensor errors = error.slice(from, to - from);
            Tensor inputErrors = inputError.slice(from, to - from);
            Tensor weights = SharedConvolution.summand(from, weightGradient, additions);
            if (biasGradient == null) {
                return backward(some, feedback, errors, window, inputErrors, weights);
            }
            // The op wants a bias to know that its gradient is asked for; it does not read the values.
            Tensor biases = SharedConvolution.summand(from, biasGradient, additions);
            return NativeOp.withIntegers(
                    "conv2d_bp",
                    new Tensor[] {some, feedback, biases, errors},
                    new Tensor[] {inputErrors, weights, biases},
                    arguments(input, window));
        });
        return additions.stream().reduce(parts, Routine::then);
    }

    private static Routine backward(
            Tensor input, Tensor feedback, Tensor error, Window window, Tensor inputError, Tensor weightGradient) {
        return NativeOp.withIntegers(
                "conv2d_bp",
                new Tensor[] {input, feedback, error},
                new Tensor[] {inputError, weightGradient},
                arguments(input, window));
    }

    private static long[] arguments(Tensor input, Window window) {
        int size = window.size();
        int stride = window.stride();
        int padding =
                window.nativePadding(input.shape().extent(1), input.shape().extent(2));
        return new long[] {size, size, stride, stride, 0, 0, 1, 1, padding, CHANNELS_LAST, WEIGHTS_OUT_FIRST};
    }
}
