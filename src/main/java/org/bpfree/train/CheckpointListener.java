package org.bpfree.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.bpfree.files.AtomicFile;
import org.bpfree.tensor.Tensor;

/**
 * Writes checkpoints: {@code last} after every epoch and every so many batches, {@code best} when the watched metric improved, {@code
 * interrupted} when training was asked to stop.
 */
public final class CheckpointListener implements TrainingListener {
    private final Path folder;
    private final Function<TrainingState, Checkpoint.Header> header;
    private final Map<String, Tensor> tensors;
    private final int every;
    private final Runnable beforeWriting;

    /**
     * A listener that writes into a folder.
     *
     * @param header describes the run at a state
     * @param every batches between checkpoints within an epoch, 0 for none
     * @param beforeWriting brings to disk what must not be older than a checkpoint
     */
    public CheckpointListener(
            Path folder,
            Function<TrainingState, Checkpoint.Header> header,
            Map<String, Tensor> tensors,
            int every,
            Runnable beforeWriting) {
        this.folder = folder;
        this.header = header;
        this.tensors = tensors;
        this.every = every;
        this.beforeWriting = beforeWriting;
    }

    @Override
    public void started(TrainingState state, int batchesPerEpoch) {
        if (state.step == 0) {
            write("last", state); // so that a run killed in its first epoch can be resumed, too
        }
    }

    @Override
    public void batchLearned(TrainingState state, org.bpfree.graph.Loss.Result result, double rate) {
        if (every > 0 && state.step % every == 0) {
            write("last", state);
        }
    }

    @Override
    public void epochFinished(TrainingState state, double rate, boolean improved) {
        if (improved) {
            write("best", state);
        }
        write("last", state);
    }

    @Override
    public void ended(TrainingState state, StopReason reason) {
        Path interrupted = folder.resolve("interrupted");
        if (reason == StopReason.INTERRUPTED) {
            write("interrupted", state);
        } else {
            try {
                Files.deleteIfExists(interrupted); // it is older than 'last' now
            } catch (java.io.IOException e) {
                throw AtomicFile.cannotWrite(interrupted, e);
            }
        }
    }

    private void write(String name, TrainingState state) {
        beforeWriting.run();
        Checkpoint.write(folder.resolve(name), header.apply(state), tensors);
    }
}
