package org.bpfree.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * {@link OneDnnConvolution} with a part of the batch for each thread. Left to itself, oneDNN shares a call out to threads of its own, which
 * would stand in the way of the {@link Helper}s that work before and after it. Gradients depend on the number of threads in their last
 * digits.
 */
final class SharedConvolution implements ConvolutionPlan {
    private final OneDnn library;
    private final Shape input;
    private final Shape output;
    private final Window window;
    private final boolean hasBias;

    SharedConvolution(OneDnn library, Shape input, Shape output, Window window, boolean hasBias) {
        this.library = library;
        this.input = input;
        this.output = output;
        this.window = window;
        this.hasBias = hasBias;
    }

    private OneDnnConvolution part(int count) {
        Shape from = input.inner().batched(count);
        Shape to = output.inner().batched(count);
        return new OneDnnConvolution(library, from, to, window, hasBias);
    }

    @Override
    public Routine forward(Tensor maps, Tensor kernels, Tensor biases, Tensor result) {
        return Parallel.loop(input.extent(0), 1, (from, to) -> part(to - from)
                .forward(maps.slice(from, to - from), kernels, biases, result.slice(from, to - from)));
    }

    @Override
    public Routine inputError(Tensor feedback, Tensor error, Tensor inputError) {
        return Parallel.loop(input.extent(0), 1, (from, to) -> part(to - from)
                .inputError(feedback, error.slice(from, to - from), inputError.slice(from, to - from)));
    }

    @Override
    public Routine gradient(Tensor maps, Tensor error, Tensor weightGradient, Tensor biasGradient) {
        List<Routine> additions = new ArrayList<>();
        Routine parts = Parallel.loop(input.extent(0), 1, (from, to) -> {
            Tensor weights = summand(from, weightGradient, additions);
            Tensor biases = biasGradient == null ? null : summand(from, biasGradient, additions);
            return part(to - from).gradient(maps.slice(from, to - from), error.slice(from, to - from), weights, biases);
        });
        return additions.stream().reduce(parts, Routine::then);
    }

    /** The sum itself for the first part of the batch, and for others a tensor that is added to it in the end. */
    static Tensor summand(int from, Tensor sum, List<Routine> additions) {
        if (from == 0) {
            return sum;
        }
        Tensor summand = Tensor.zeros(sum.precision(), sum.shape());
        additions.add(Elementwise.add(sum, summand, sum));
        return summand;
    }
}
