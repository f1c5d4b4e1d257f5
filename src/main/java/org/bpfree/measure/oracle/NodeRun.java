package org.bpfree.measure.oracle;

import java.util.random.RandomGenerator;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.tensor.Shape;

/** One node at work on some samples: what it reads, what it makes, and what its forward remembers for its backward. */
public final class NodeRun {
    final Node node;

    /** Number of samples. */
    public final int samples;

    /** Each input, {@code [samples, ...]}. */
    public final double[][] inputs;

    /** Each parameter, in the order of {@link org.bpfree.graph.Op#parameters}. */
    public final double[][] parameters;

    /** What the forward computes, {@code [samples, ...]}; zeros before. */
    public final double[] output;

    final Arithmetic arithmetic;

    /** What the forward keeps for the backward: winners, means, shares. */
    public Object memory;

    private final PublishedStep step;
    private final Kernel.Noise noise;
    private final NaivePass.Kind kind;

    NodeRun(
            Node node,
            int samples,
            double[][] inputs,
            double[][] parameters,
            PublishedStep step,
            Arithmetic arithmetic,
            Kernel.Noise noise,
            NaivePass.Kind kind) {
        this.node = node;
        this.samples = samples;
        this.inputs = inputs;
        this.parameters = parameters;
        this.step = step;
        this.arithmetic = arithmetic;
        this.noise = noise;
        this.kind = kind;
        output = new double[Math.toIntExact(samples * node.shape().size())];
    }

    /** Shape of one sample of an input. */
    public Shape in(int input) {
        return node.inputs().get(input).shape();
    }

    /** Shape of one sample of the output. */
    public Shape out() {
        return node.shape();
    }

    /** Whether the pass predicts: nothing is dropped, and statistics are the remembered ones. */
    public boolean predicts() {
        return kind == NaivePass.Kind.PREDICTION;
    }

    /** Samples that are all different; the others repeat them at later times. */
    int images() {
        return step.batch();
    }

    /** Random numbers that the node draws in this step. */
    public RandomGenerator noise(String purpose) {
        return noise.stream(purpose + "/" + node.name());
    }

    /** What the learner publishes as the activation of a node in the forward pass, or null. */
    double[] publishedActivation(Node of) {
        double[] published =
                kind == NaivePass.Kind.PUBLISHED ? step.activations().get(of.name()) : null;
        return published != null && published.length == samples * of.shape().size() ? published : null;
    }

    /** What the learner publishes as the error of a node, or null. */
    double[] publishedError(Node of) {
        double[] published = step.errors().get(of.name());
        return published != null && published.length == samples * of.shape().size() ? published : null;
    }
}
