package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bpfree.failure.Failure;
import org.bpfree.graph.Loss;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.train.TrainingListener.StopReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Checkpoints of a run")
class CheckpointListenerTest {
    @TempDir
    private Path folder;

    private final TrainingState state = new TrainingState();
    private final Tensor weights = Tensor.of(Precision.FLOAT64, Shape.of(1), 0);
    private int flushed;
    private CheckpointListener listener;

    @BeforeEach
    void make() {
        listener = listener(folder, 2);
    }

    private CheckpointListener listener(Path path, int every) {
        return new CheckpointListener(
                path,
                at -> new Checkpoint.Header("hash", "name: x\n", at, new double[] {1}, new double[] {0}, List.of()),
                Map.of("w", weights),
                every,
                () -> flushed++);
    }

    private void batch(double value) {
        state.step++;
        state.batch++;
        weights.set(0, value);
        listener.batchLearned(state, Loss.Result.NONE, 0.1);
    }

    private void epoch(boolean improved) {
        state.epoch++;
        state.batch = 0;
        listener.epochFinished(state, 0.1, improved);
    }

    /** The weights in a checkpoint, and the step it was taken at. */
    private String content(String name) {
        Checkpoint checkpoint = Checkpoint.read(folder.resolve(name));
        Tensor restored = Tensor.of(Precision.FLOAT64, Shape.of(1), -1);
        checkpoint.restore(Map.of("w", restored));
        return restored.at(0) + " at " + checkpoint.header().state().step;
    }

    @Test
    @DisplayName("begin with one of the first weights, so that a run killed in its first epoch can go on")
    void first() {
        listener.started(state, 3);
        assertThat(content("last")).isEqualTo("0.0 at 0");
        assertThat(folder.resolve("best")).doesNotExist();
    }

    @Test
    @DisplayName("are not written at the start of a run that goes on")
    void goingOn() {
        state.step = 5;
        listener.started(state, 3);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("come every so many batches, and none in between")
    void withinAnEpoch() {
        batch(1);
        assertThat(folder.resolve("last")).doesNotExist();
        batch(2);
        batch(3);
        assertThat(content("last")).isEqualTo("2.0 at 2");
    }

    @Test
    @DisplayName("come after epochs only when none are asked for within them")
    void afterEpochsOnly() {
        listener = listener(folder, 0);
        batch(1);
        batch(2);
        assertThat(folder).isEmptyDirectory();
        epoch(false);
        assertThat(content("last")).isEqualTo("2.0 at 2");
    }

    @Test
    @DisplayName("keep the best apart from the last")
    void bestAgainstLast() {
        batch(1);
        epoch(true);
        batch(2);
        epoch(false);
        assertThat(content("best")).isEqualTo("1.0 at 1");
        assertThat(content("last")).isEqualTo("2.0 at 2");
        batch(3);
        epoch(true);
        assertThat(content("best")).isEqualTo("3.0 at 3");
    }

    @Test
    @DisplayName("tell of an interruption until the run ends without one")
    void interrupted() {
        batch(1);
        listener.ended(state, StopReason.INTERRUPTED);
        assertThat(content("interrupted")).isEqualTo("1.0 at 1");
        assertThat(folder.resolve("last")).doesNotExist();
        listener.ended(state, StopReason.EARLY_STOPPING);
        assertThat(folder.resolve("interrupted")).doesNotExist();
        listener.ended(state, StopReason.COMPLETED); // there is none to remove
    }

    @Test
    @DisplayName("come after what must not be older is on disk, each of them")
    void flushesBefore() {
        batch(1);
        batch(2);
        epoch(true);
        listener.ended(state, StopReason.INTERRUPTED);
        assertThat(flushed).isEqualTo(4); // last; best and last; interrupted
    }

    @Test
    @DisplayName("that cannot be written are told with their place")
    void cannotWrite() throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));
        assertThatThrownBy(() -> listener(file, 1).started(state, 3))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(file.toString());
    }
}
