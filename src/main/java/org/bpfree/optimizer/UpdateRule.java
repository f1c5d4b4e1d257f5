package org.bpfree.optimizer;

import java.util.List;
import java.util.Optional;

/**
 * How one number moves, written for a run of numbers. {@code w} are values, {@code g} updates (already scaled and clipped), {@code s}
 * and {@code t} the two slots of the optimizer; the rule overwrites {@code w} and the slots.
 */
public interface UpdateRule {
    /** The name of a slot that holds momentum in PyTorch's form. */
    String VELOCITY = "velocity";

    /** What checkpoints call the slots the rule keeps for each value, none to two; different contents have different names. */
    List<String> slots();

    /**
     * Moves {@code n} values.
     *
     * @param rate learning rate of this step
     * @param step number of this step, from 1
     */
    void apply(double[] w, double[] g, double[] s, double[] t, int n, double rate, long step);

    /** The same rule in the arithmetic of single precision, for numbers of that precision. */
    @FunctionalInterface
    interface Single {
        /** Moves {@code n} values as {@link UpdateRule#apply} does. */
        void apply(float[] w, float[] g, float[] s, float[] t, int n, double rate, long step);
    }

    /** The rule in single precision, which takes a fraction of the time; empty for a rule that computes in double precision always. */
    default Optional<Single> single() {
        return Optional.empty();
    }
}
