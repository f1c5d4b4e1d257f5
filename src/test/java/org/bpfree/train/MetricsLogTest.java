package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
    private static final int BATCHES = 9;

    @TempDir
    private Path folder;

    @Test
    void anEpochIsLoggedOnceWhenTheRunDiedBetweenItsMetricsAndItsCheckpoint() throws IOException {
        finishEpoch(MetricsLog.open(folder, at(0, 0)), 1);
        String whole = Files.readString(folder.resolve("metrics.jsonl"));

        // The checkpoint was written after the last batch of the epoch and before the epoch was over.
        TrainingState caught = at(0, BATCHES);
        caught.batch = BATCHES;
        finishEpoch(MetricsLog.open(folder, caught), 1);

        assertThat(Files.readString(folder.resolve("metrics.jsonl"))).isEqualTo(whole);
    }

    @Test
    void figuresUpToTheCheckpointStayAndLaterOnesGo() throws IOException {
        MetricsLog log = MetricsLog.open(folder, at(0, 0));
        finishEpoch(log, 1);
        finishEpoch(log, 2);

        MetricsLog.open(folder, at(1, BATCHES)).flush();

        assertThat(Files.readString(folder.resolve("metrics.csv")))
                .isEqualTo("epoch,step,metric,value\n1,9,train/loss,0.5\n");
    }

    private static void finishEpoch(MetricsLog log, int epoch) {
        log.add(epoch, (long) epoch * BATCHES, Map.of("train/loss", 0.5));
        log.flush();
    }

    private static TrainingState at(int epoch, long step) {
        TrainingState state = new TrainingState();
        state.epoch = epoch;
        state.step = step;
        return state;
    }
}
