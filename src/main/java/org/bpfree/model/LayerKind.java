package org.bpfree.model;

import java.util.List;
import java.util.Optional;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Op;

/**
 * What a layer computes, as its own settings say: a record with a {@link org.bpfree.settings.TypeName}, which an {@link
 * org.bpfree.settings.Extension} announces. What all layers have in common is in {@link LayerSettings}.
 */
public interface LayerKind {
    /** What the layer computes. */
    Op op();

    /** Whether the layer reads several others rather than one. */
    default boolean joins() {
        return false;
    }

    /**
     * Holds that the layers it reads are as many as it needs.
     *
     * @param inputs their names; empty for the layer above
     * @throws org.bpfree.settings.InvalidSetting if they are not
     */
    default void requireInputs(List<String> inputs) {}

    /** Whether the parameters of an earlier layer may stand in for those of this one. */
    default boolean canShare() {
        return false;
    }

    /** This layer with other laws of initial weights and biases, where it has such and they are given. */
    default LayerKind withLaws(Optional<Initializer> weights, Optional<Initializer> biases) {
        return this;
    }
}
