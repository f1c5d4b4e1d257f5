package org.bpfree.learn;

import java.util.Optional;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.tensor.Tensor;

/**
 * A tensor with the update a learner gives it. An update points uphill, as a gradient does: optimizers subtract it.
 *
 * @param name {@code conv1/weights} for a parameter of the network, {@code feedback/conv1/weights} for a tensor of the learner
 * @param value changed by the optimizer
 * @param update written by the learner, same shape
 * @param kind what it is to the network
 * @param optimizer that moves it; empty for the experiment's
 * @param rateFactor on the learning rate
 */
public record Trained(
        String name, Tensor value, Tensor update, Kind kind, Optional<OptimizerSettings> optimizer, double rateFactor) {
    /** A tensor that the experiment's optimizer moves. */
    public Trained(String name, Tensor value, Tensor update, Kind kind) {
        this(name, value, update, kind, Optional.empty(), 1);
    }

    /** What a trained tensor is to the network. */
    public enum Kind {
        /** Weights of the network, through which errors travel. */
        WEIGHTS,
        /** Any other parameter of the network: bias, scale, shift. */
        OTHER,
        /** A tensor of the learner that stands in for weights, no part of the network. */
        FEEDBACK,
        /** A tensor of a layer that the learner has beside the network, such as a classifier of its own on a hidden layer. */
        HEAD
    }

    /** Whether it is the learner's own rather than part of the network. */
    public boolean own() {
        return kind == Kind.FEEDBACK || kind == Kind.HEAD;
    }
}
