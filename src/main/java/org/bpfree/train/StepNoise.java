package org.bpfree.train;

import java.util.random.RandomGenerator;
import org.bpfree.graph.Kernel;
import org.bpfree.random.RandomStream;

/** Random numbers of the current training step: equal for equal seeds and steps, whatever was drawn before. */
public final class StepNoise implements Kernel.Noise {
    private final long seed;
    private long step;

    /** Noise of a run, at step 0. */
    public StepNoise(long seed) {
        this.seed = seed;
    }

    /** Moves to a step. */
    public void at(long newStep) {
        step = newStep;
    }

    @Override
    public RandomGenerator stream(String purpose) {
        return RandomStream.of(seed, purpose, step);
    }
}
