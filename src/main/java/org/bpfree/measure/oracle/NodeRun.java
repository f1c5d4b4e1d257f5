package org.bpfree.measure.oracle;

import java.util.random.RandomGenerator;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.tensor.Shape;

/** One node at work on some samples: what it reads, what it makes, and what its forward remembers for its backward. */
final class NodeRun {
    final Node node;
    final int samples;
    final double[][] inputs;
    final double[][] parameters;
    final double[] output;
    final Arithmetic arithmetic;

    /** What the forward keeps for the backward: winners, means, shares. */
    Object memory;

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
    Shape in(int input) {
        return node.inputs().get(input).shape();
    }

    /** Shape of one sample of the output. */
    Shape out() {
        return node.shape();
    }

    /** Whether the pass predicts: nothing is dropped, and statistics are the remembered ones. */
    boolean predicts() {
        return kind == NaivePass.Kind.PREDICTION;
    }

    /** Samples that are all different; the others repeat them at later times. */
    int images() {
        return step.batch();
    }

    /** Random numbers that the node draws in this step. */
    RandomGenerator noise(String purpose) {
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
