package org.bpfree.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.bpfree.failure.Failure;
import org.bpfree.files.LockOwner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The lock of a run folder")
class RunLockTest {
    @TempDir
    private Path temporary;

    private RunFolder folder;

    @BeforeEach
    void make() {
        folder = RunFolder.createAnew(temporary.resolve("run"));
    }

    private String hold(RunFolder run) {
        return RunLock.holding(run, lost -> {}, () -> "worked");
    }

    @Test
    @DisplayName("is held while the work goes on, names this process, and is free afterwards")
    void heldWhileWorking() {
        String seen = RunLock.holding(folder, lost -> {}, () -> folder.trainer()
                .map(LockOwner::toString)
                .orElse("nobody"));
        assertThat(seen).isEqualTo(LockOwner.self().toString());
        assertThat(folder.trainer()).isEmpty();
        assertThat(hold(folder)).isEqualTo("worked");
    }

    @Test
    @DisplayName("is free after work that failed, too")
    void freeAfterFailure() {
        assertThatThrownBy(() -> RunLock.holding(folder, lost -> {}, () -> {
                    throw new IllegalStateException("no luck");
                }))
                .hasMessage("no luck");
        assertThat(hold(folder)).isEqualTo("worked");
    }

    @Test
    @DisplayName("refuses a second trainer, telling who trains; neither harms the other")
    void secondTrainer() {
        String outcome = RunLock.holding(folder, lost -> {}, () -> {
            assertThatThrownBy(() -> hold(folder))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("is being trained by " + LockOwner.self());
            assertThat(folder.trainer()).isPresent();
            return "worked";
        });
        assertThat(outcome).isEqualTo("worked");
        assertThat(folder.trainer()).isEmpty();
    }

    @Test
    @DisplayName("of a run holds for its twin, and that of another run does not")
    void twins() {
        RunFolder twin = RunFolder.createAnew(folder.path().resolve("twin"));
        RunFolder other = RunFolder.createAnew(temporary.resolve("other"));
        RunLock.holding(folder, lost -> {}, () -> {
            assertThatThrownBy(() -> hold(twin)).isInstanceOf(Failure.class);
            return assertThat(hold(other)).isEqualTo("worked");
        });
    }

    @Test
    @DisplayName("of a machine without a sign of life is free after the patience, and not before")
    void otherMachines() throws IOException {
        LockOwner self = LockOwner.self();
        LockOwner far = new LockOwner("another-machine", self.pid(), self.started(), "", 0);
        Files.createDirectories(folder.lock().getParent());
        Files.writeString(folder.lock(), far.json());
        assertThatThrownBy(() -> hold(folder)).isInstanceOf(Failure.class).hasMessageContaining("another-machine");
        Instant silentSince = Instant.now().minus(RunFolder.PATIENCE).minusSeconds(5);
        Files.setLastModifiedTime(folder.lock(), FileTime.from(silentSince));
        assertThat(hold(folder)).isEqualTo("worked");
    }
}
