package org.bpfree.train;

import org.bpfree.graph.Loss;

/** Told what happens during training; everything but learning itself (progress, metrics, checkpoints, probes) is a listener. */
public interface TrainingListener {
    /** Training begins, or goes on, at {@code state}. */
    default void started(TrainingState state, int batchesPerEpoch) {}

    /**
     * A batch was learned; {@code state} already counts it.
     *
     * @param result losses of the batch before the update
     * @param rate learning rate of the step
     */
    default void batchLearned(TrainingState state, Loss.Result result, double rate) {}

    /** An epoch is over, validation included; {@code state} stands at the start of the next one. */
    default void epochFinished(TrainingState state, double rate, boolean improved) {}

    /** Training ended. */
    default void ended(TrainingState state, StopReason reason) {}

    /** Why training ended. */
    enum StopReason {
        /** All epochs are done. */
        COMPLETED,
        /** The watched metric stopped improving. */
        EARLY_STOPPING,
        /** Somebody asked for an end; the run can be resumed. */
        INTERRUPTED
    }
}
