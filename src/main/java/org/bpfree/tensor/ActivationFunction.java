package org.bpfree.tensor;

import org.bpfree.settings.Doc;

/** Elementwise non-linearities. */
public enum ActivationFunction {
    @Doc("Hyperbolic tangent.")
    TANH,
    @Doc("max(x, 0).")
    RELU,
    @Doc("x for x >= 0, else 0.1 x.")
    LEAKY_RELU,
    @Doc("1 / (1 + exp(-x)).")
    SIGMOID,
    @Doc("x times the standard normal distribution function of x, in its tanh approximation.")
    GELU,
    @Doc("x limited to -1..1.")
    HARD_TANH,
    @Doc("x limited to 0..1, the hard sigmoid of equilibrium propagation.")
    CLIP,
    @Doc("x / 2 limited to 0..1.")
    HALF_CLIP,
    @Doc("x for x >= 0, else exp(x) - 1.")
    ELU,
    @Doc("Sign of x, with signum(0) = 0; its derivative is zero wherever it exists.")
    SIGNUM
}
