package org.bpfree.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cross-correlation of each channel of maps {@code [batch, height, width, channels]} with kernels of its own, {@code [channels *
 * multiplier, size, size, 1]}: channel {@code c} gives the outputs {@code c * multiplier} to {@code (c + 1) * multiplier - 1}. Images are
 * shared between threads; gradients depend on the number of threads in their last digits.
 */
public final class DepthwiseConvolution {
    /** Multiply-add operations of which a thread should have as many at least: some 50 microseconds of work. */
    private static final int LEAST_SHARE = 1 << 18;

    private DepthwiseConvolution() {}

    /**
     * {@code output = input * weights + bias}.
     *
     * @param bias {@code [channels * multiplier]}, or null for none
     */
    public static Routine forward(Tensor input, Tensor weights, Tensor bias, Tensor output, Window window) {
        DepthwiseTaps shared = new DepthwiseTaps(input, output, window);
        Strip[] kernels = shared.blocks();
        Strip biases = shared.block();
        Routine prepare = () -> {
            shared.spread(weights, kernels);
            if (bias != null) {
                shared.repeat(bias, biases);
            }
        };
        return prepare.then(Parallel.loop(input.shape().extent(0), leastShare(output, window), (from, to) -> {
            DepthwiseTaps taps = new DepthwiseTaps(input, output, window);
            return () -> {
                for (int n = from; n < to; n++) {
                    taps.readMap(input, n);
                    taps.forward(kernels, biases, output, n);
                }
            };
        }));
    }

    /** Images of which a thread should have as many at least. */
    private static int leastShare(Tensor output, Window window) {
        long work = output.shape().inner().size() * window.size() * window.size();
        return (int) (LEAST_SHARE / work + 1);
    }

    /**
     * Error of the input, gradient of the weights and gradient of the bias; null outputs are not wanted.
     *
     * @param feedback {@code [channels * multiplier, size, size, 1]}: the weights, or what replaces them in the error path
     */
    public static Routine backward(
            Tensor input,
            Tensor feedback,
            Tensor error,
            Tensor inputError,
            Tensor weightGradient,
            Tensor biasGradient,
            Window window) {
        Routine down = inputError == null ? Routine.NOTHING : inputError(feedback, error, inputError, window);
        return weightGradient == null && biasGradient == null
                ? down
                : down.then(gradient(input, error, weightGradient, biasGradient, window));
    }

    private static Routine inputError(Tensor feedback, Tensor error, Tensor inputError, Window window) {
        DepthwiseTaps shared = new DepthwiseTaps(inputError, error, window);
        Strip[] kernels = shared.blocks();
        Routine prepare = () -> shared.spread(feedback, kernels);
        return prepare.then(Parallel.loop(error.shape().extent(0), leastShare(error, window), (from, to) -> {
            DepthwiseTaps taps = new DepthwiseTaps(inputError, error, window);
            return () -> {
                for (int n = from; n < to; n++) {
                    taps.inputError(kernels, error, n);
                    taps.writeMap(inputError, n);
                }
            };
        }));
    }

    private static Routine gradient(
            Tensor input, Tensor error, Tensor weightGradient, Tensor biasGradient, Window window) {
        int outputs = error.shape().extent(3);
        int places = window.size() * window.size();
        List<double[]> parts =
                new ArrayList<>(); // of each thread: a row of outputs for each place, and one for the bias
        Routine each = Parallel.loop(input.shape().extent(0), leastShare(error, window), (from, to) -> {
            DepthwiseTaps taps = new DepthwiseTaps(input, error, window);
            Strip[] sums = taps.blocks();
            double[] part = new double[(places + 1) * outputs];
            parts.add(part);
            return () -> {
                Arrays.fill(part, 0);
                for (int n = from; n < to; n++) {
                    taps.readMap(input, n);
                    taps.gradient(sums, error, n);
                    taps.fold(sums, part);
                }
            };
        });
        double[] total = new double[(places + 1) * outputs];
        double[] turned = new double[places * outputs];
        return each.then(() -> {
            Arrays.fill(total, 0);
            for (int p = 0; p < parts.size(); p++) {
                double[] part = parts.get(p);
                for (int i = 0; i < total.length; i++) {
                    total[i] += part[i];
                }
            }
            for (int i = 0; i < turned.length; i++) {
                turned[i] = total[i % places * outputs + i / places];
            }
            if (weightGradient != null) {
                weightGradient.write(0, turned, 0, turned.length);
            }
            if (biasGradient != null) {
                biasGradient.write(0, total, places * outputs, outputs);
            }
        });
    }
}
