package org.bpfree.learn;

import org.bpfree.tensor.Tensor;

/**
 * A tensor with the update a learner gives it. An update points uphill, as a gradient does: optimizers subtract it.
 *
 * @param name {@code conv1/weights} for a parameter of the network, {@code feedback/conv1/weights} for a tensor of the learner
 * @param value changed by the optimizer
 * @param update written by the learner, same shape
 * @param feedback whether it is the learner's own rather than part of the network
 */
public record Trained(String name, Tensor value, Tensor update, boolean feedback) {}
