package org.bpfree.optimizer;

import java.util.List;

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
}
