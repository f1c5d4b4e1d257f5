package org.bpfree.tensor;

import java.util.function.IntFunction;

/**
 * {@link OneDnnConvolution} with a part of the batch for each thread. Left to itself, oneDNN shares a call out to threads of its own, which
 * would stand in the way of the {@link Helper}s that work before and after it. Gradients depend on the number of threads in their last
 * digits.
 */
final class SharedConvolution implements ConvolutionPlan {
    private final int[] begins;
    private final OneDnnConvolution[] parts;

    private SharedConvolution(int[] begins, OneDnnConvolution[] parts) {
        this.begins = begins;
        this.parts = parts;
    }

    static ConvolutionPlan of(OneDnn library, Shape input, Shape output, Window window, boolean hasBias) {
        int batch = input.extent(0);
        int shares = Backend.threads();
        if (batch < shares) {
            return new OneDnnConvolution(library, input, output, window, hasBias);
        }
        int[] begins = new int[shares + 1];
        OneDnnConvolution[] parts = new OneDnnConvolution[shares];
        for (int i = 0; i < shares; i++) {
            begins[i + 1] = Parallel.begin(batch, shares, i + 1);
            int count = begins[i + 1] - begins[i];
            Shape from = input.inner().batched(count);
            Shape to = output.inner().batched(count);
            parts[i] = Backend.onOneThread(() -> new OneDnnConvolution(library, from, to, window, hasBias));
        }
        return new SharedConvolution(begins, parts);
    }

    @Override
    public Routine forward(Tensor maps, Tensor kernels, Tensor biases, Tensor result) {
        return shared(i -> parts[i].forward(part(maps, i), kernels, biases, part(result, i)));
    }

    @Override
    public Routine inputError(Tensor feedback, Tensor error, Tensor inputError) {
        return shared(i -> parts[i].inputError(feedback, part(error, i), part(inputError, i)));
    }

    @Override
    public Routine gradient(Tensor maps, Tensor error, Tensor weightGradient, Tensor biasGradient) {
        Routine sum = Routine.NOTHING;
        Tensor[] weights = new Tensor[parts.length];
        Tensor[] biases = new Tensor[parts.length];
        weights[0] = weightGradient;
        biases[0] = biasGradient;
        for (int i = 1; i < parts.length; i++) {
            weights[i] = Tensor.zeros(Precision.FLOAT32, weightGradient.shape());
            sum = sum.then(Elementwise.add(weightGradient, weights[i], weightGradient));
            if (biasGradient != null) {
                biases[i] = Tensor.zeros(Precision.FLOAT32, biasGradient.shape());
                sum = sum.then(Elementwise.add(biasGradient, biases[i], biasGradient));
            }
        }
        return shared(i -> parts[i].gradient(part(maps, i), part(error, i), weights[i], biases[i]))
                .then(sum);
    }

    private Tensor part(Tensor batch, int i) {
        return batch.slice(begins[i], begins[i + 1] - begins[i]);
    }

    private Routine shared(IntFunction<Routine> part) {
        Routine[] routines = new Routine[parts.length];
        for (int i = 0; i < parts.length; i++) {
            int share = i;
            routines[i] = Backend.onOneThread(() -> part.apply(share));
        }
        return Parallel.together(routines);
    }
}
