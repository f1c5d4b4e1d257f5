/**
 * The tensor core over ND4J: tensors of fixed shape and kernels that write into given outputs. No other package names ND4J.
 * Activations are {@code [batch, height, width, channels]}, convolution weights {@code [out, kernel height, kernel width, in]}.
 */
package org.bpfree.tensor;
