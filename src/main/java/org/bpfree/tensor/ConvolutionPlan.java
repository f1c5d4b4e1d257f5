package org.bpfree.tensor;

/** A way to compute the three convolutions of one layer for one batch size. */
interface ConvolutionPlan {
    /** {@link Convolution#forward}. */
    Routine forward(Tensor maps, Tensor kernels, Tensor biases, Tensor result);

    /** {@link Convolution#inputError}. */
    Routine inputError(Tensor feedback, Tensor error, Tensor inputError);

    /** {@link Convolution#gradient}. */
    Routine gradient(Tensor maps, Tensor error, Tensor weightGradient, Tensor biasGradient);
}
