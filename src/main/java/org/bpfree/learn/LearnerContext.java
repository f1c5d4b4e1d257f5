package org.bpfree.learn;

import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Loss;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Parameters;
import org.bpfree.tensor.Arena;

/**
 * What a learner is given.
 *
 * @param graph the network
 * @param quickGraph the network for learners that do not care which node computes what: {@link Graph#fused}, or the graph itself where every
 *     node is to be seen
 * @param parameters its values, shared with the optimizer
 * @param lossFunction which loss
 * @param loss losses and output errors
 * @param arena memory for activations, errors and scratch
 * @param noise random numbers of the current training step
 * @param seed master seed, for tensors a learner draws once
 */
public record LearnerContext(
        Graph graph,
        Graph quickGraph,
        Parameters parameters,
        LossFunction lossFunction,
        Loss loss,
        Arena arena,
        Kernel.Noise noise,
        long seed) {
    /** A context in which learners run every node of the graph, and whose loss is the named one over the classes. */
    public static LearnerContext of(
            Graph graph, Parameters parameters, LossFunction lossFunction, Arena arena, Kernel.Noise noise, long seed) {
        return new LearnerContext(
                graph, graph, parameters, lossFunction, new Loss(lossFunction, graph.classes()), arena, noise, seed);
    }

    /** This context with weights of the classes in the loss, one a class. */
    public LearnerContext weighted(double[] classWeights) {
        return new LearnerContext(
                graph, quickGraph, parameters, lossFunction, loss.weighted(classWeights), arena, noise, seed);
    }

    /** This context with scratch, and a loss, of its own. */
    public LearnerContext apart(Arena other) {
        return new LearnerContext(graph, graph, parameters, lossFunction, loss.another(), other, noise, seed);
    }

    /** This context with nodes fused where learners allow it. */
    public LearnerContext withFusedNodes() {
        return new LearnerContext(graph, graph.fused(), parameters, lossFunction, loss, arena, noise, seed);
    }
}
