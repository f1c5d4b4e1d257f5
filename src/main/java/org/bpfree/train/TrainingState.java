package org.bpfree.train;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.TreeMap;
import org.bpfree.graph.Loss;

/**
 * Where a run stands: everything beside tensors that a resumed run needs to go on with the same bytes.
 */
public final class TrainingState {
    /** The epoch in progress, from 0; equal to the number of epochs once the run is over. */
    public int epoch;
    /** Batches of that epoch already learned. */
    public int batch;
    /** Steps taken in all. */
    public long step;
    /** Losses of the batches of the epoch in progress. */
    public Loss.Result running = Loss.Result.NONE;
    /** Losses over the training batches of the last finished epoch. */
    public Loss.Result lastTrain = Loss.Result.NONE;
    /** Losses over the validation images after the last finished epoch. */
    public Loss.Result lastValidation = Loss.Result.NONE;
    /** Best value of the watched metric so far; NaN when there is none. */
    public double best = Double.NaN;
    /** The epoch, from 1, after which it was reached; 0 when there is none. */
    public int bestEpoch;
    /** The value of the watched metric that last improved by more than {@code minDelta}; NaN when there is none. */
    public double improvedTo = Double.NaN;
    /** Epochs since then. */
    public int epochsWithoutImprovement;
    /** Scratch memory of the learner an image of its first batch; stored, since a resumed run may begin with a smaller batch. */
    public long scratchBytesPerImage;
    /** How often a tensor was not moved by an update that moved others, by name. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public Map<String, Long> skipped = new TreeMap<>();
    /** Wall-clock seconds of training in this session, probes left out; not stored, so that equal runs have equal checkpoints. */
    @JsonIgnore
    public double seconds;
    /** Images learned in this session; not stored. */
    @JsonIgnore
    public long images;
}
