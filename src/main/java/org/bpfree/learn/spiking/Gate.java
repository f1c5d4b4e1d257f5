package org.bpfree.learn.spiking;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.bpfree.tensor.Tensor;

/** Turns the errors of the traces of a layer into learning signals, one pass over all steps. */
final class Gate extends TimeLoop {
    private final Tensor errors;
    private final Tensor potentials;
    private final Tensor signals;
    private final double[] fold;
    private final LocalRule rule;
    private final double[][] e;
    private final double[][] u;
    private final double[] folded;

    /**
     * The gate of a layer.
     *
     * @param errors {@code [steps * batch, ...]}, read
     * @param potentials before the reset, read
     * @param signals written, {@code [steps * batch, ...]}; with {@code fold}, {@code [batch, ...]}
     * @param fold factors with which the signals of all steps are added up, for a layer whose input is the same at all steps but for these
     *     factors; null to keep the steps apart
     * @param rule makes the rule for pieces of a length
     */
    Gate(
            NeuronSettings neuron,
            Tensor errors,
            Tensor potentials,
            Tensor signals,
            double[] fold,
            IntFunction<LocalRule> rule) {
        super(errors.size(), neuron.steps(), 2 * UNITS / neuron.steps());
        this.errors = errors;
        this.potentials = potentials;
        this.signals = signals;
        this.fold = fold;
        e = rows();
        u = rows();
        folded = row();
        this.rule = rule.apply(folded.length);
    }

    @Override
    void begin() {
        rule.begin();
    }

    @Override
    void piece(int from, int n) {
        read(errors, from, e, n);
        read(potentials, from, u, n);
        rule.apply(e, u, n);
        if (fold == null) {
            write(signals, from, e, n);
            return;
        }
        Arrays.fill(folded, 0);
        for (int t = 0; t < steps; t++) {
            add(fold[t], e[t], n);
        }
        write(signals, 0, from, folded, n);
    }

    private void add(double factor, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            folded[i] += factor * x[i];
        }
    }
}
