package org.bpfree.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A process lock")
class ProcessLockTest {
    @TempDir
    private Path folder;

    private Path file;
    private final List<Optional<LockOwner>> owners = new ArrayList<>();

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("lock");
    }

    private void holding(Runnable work) {
        ProcessLock.holding(
                file,
                owner -> {
                    owners.add(owner);
                    return Failure.failed("held");
                },
                work);
    }

    @Test
    @DisplayName("is held by one at a time, who is named to the others")
    void exclusive() {
        holding(() -> assertThatThrownBy(() -> holding(() -> {})).hasMessage("held"));
        assertThat(owners).containsExactly(Optional.of(LockOwner.self()));
    }

    @Test
    @DisplayName("is free when the work is done or has failed")
    void free() {
        List<String> done = new ArrayList<>();
        holding(() -> done.add("first"));
        assertThatThrownBy(() -> holding(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        holding(() -> done.add("second"));
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    @DisplayName(
            "of a process that left its file behind is free, and one whose file tells no owner refuses all the same")
    void text() throws IOException {
        Files.writeString(file, "process 1 since then ".repeat(99));
        holding(() -> {
            assertThat(file).hasContent(LockOwner.self().json());
            try {
                Files.writeString(file, "damaged");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            assertThatThrownBy(() -> holding(() -> {})).hasMessage("held");
        });
        assertThat(owners).containsExactly(Optional.empty());
    }
}
