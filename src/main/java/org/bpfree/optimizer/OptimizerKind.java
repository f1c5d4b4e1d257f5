package org.bpfree.optimizer;

import java.util.Optional;

/**
 * An optimizer, as its own settings say: a record with a {@link org.bpfree.settings.TypeName}, which an {@link
 * org.bpfree.settings.Extension} announces. What all optimizers have in common is in {@link OptimizerSettings}.
 */
public interface OptimizerKind {
    /**
     * The rule by which numbers move.
     *
     * @param weightDecay of the common settings; the rule says what it does
     */
    UpdateRule rule(double weightDecay);

    /** Whether a weight of the network that would change its sign stops short of zero. */
    default boolean keepsSigns() {
        return false;
    }

    /** Why a limit on the norm of updates makes no sense here; empty where it does. */
    default Optional<String> clippingIsUseless() {
        return Optional.empty();
    }
}
