package org.bpfree.learn;

import org.bpfree.tensor.Tensor;

/**
 * A tensor with the update a learner gives it. An update points uphill, as a gradient does: optimizers subtract it.
 *
 * @param name {@code conv1/weights} for a parameter of the network, {@code feedback/conv1/weights} for a tensor of the learner
 * @param value changed by the optimizer
 * @param update written by the learner, same shape
 * @param kind what it is to the network
 */
public record Trained(String name, Tensor value, Tensor update, Kind kind) {
    /** What a trained tensor is to the network. */
    public enum Kind {
        /** Weights of the network, through which errors travel. */
        WEIGHTS,
        /** Any other parameter of the network: bias, scale, shift. */
        OTHER,
        /** A tensor of the learner, no part of the network. */
        FEEDBACK
    }

    /** Whether it is the learner's own rather than part of the network. */
    public boolean feedback() {
        return kind == Kind.FEEDBACK;
    }
}
