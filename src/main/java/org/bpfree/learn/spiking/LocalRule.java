package org.bpfree.learn.spiking;

/**
 * What a unit makes of the errors of its trace: with {@code q[t] = sum over k of eps[k] e[t+k]}, the derivative by the spike, a signal
 * {@code delta[t]} that stands for the derivative by the drive. Arrays are {@code [step][unit]}.
 */
@FunctionalInterface
interface LocalRule {
    /** Comes before the first piece of a batch. */
    default void begin() {}

    /**
     * Replaces the errors of {@code n} units by their signals.
     *
     * @param e errors of the traces, overwritten
     * @param u potentials before the reset
     */
    void apply(double[][] e, double[][] u, int n);
}
