package org.bpfree.learn;

import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Loss;
import org.bpfree.graph.LossName;
import org.bpfree.graph.Parameters;
import org.bpfree.tensor.Arena;

/**
 * What a learner is given.
 *
 * @param graph the network
 * @param parameters its values, shared with the optimizer
 * @param lossName which loss
 * @param loss losses and output errors
 * @param arena memory for activations, errors and scratch
 * @param noise random numbers of the current training step
 * @param seed master seed, for tensors a learner draws once
 */
public record LearnerContext(
        Graph graph, Parameters parameters, LossName lossName, Loss loss, Arena arena, Kernel.Noise noise, long seed) {
    /** A context whose loss is the named one over the classes of the graph. */
    public static LearnerContext of(
            Graph graph, Parameters parameters, LossName lossName, Arena arena, Kernel.Noise noise, long seed) {
        return new LearnerContext(graph, parameters, lossName, new Loss(lossName, graph.classes()), arena, noise, seed);
    }
}
