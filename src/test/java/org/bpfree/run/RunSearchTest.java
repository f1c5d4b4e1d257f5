package org.bpfree.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bpfree.files.FolderLock;
import org.bpfree.files.LockOwner;
import org.bpfree.run.RunFolder.Status;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run")
class RunSearchTest {
    @TempDir
    private Path folder;

    private Path run(String name, long started) throws IOException {
        Path run = folder.resolve(name);
        RunFolder.createAnew(run);
        Files.writeString(run.resolve("checkpoints/last"), "weights");
        Files.setLastModifiedTime(Files.writeString(run.resolve("manifest.json"), "{}"), FileTime.fromMillis(started));
        return run;
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName(
            "is found through symbolic links, the root's own, an experiment's and the run's, whatever circles there are")
    void links() throws IOException {
        run("disk/a/one", 1000);
        run("elsewhere/b/two", 2000);
        run("away/three", 3000);
        Files.createSymbolicLink(folder.resolve("disk/b"), folder.resolve("elsewhere/b"));
        Files.createSymbolicLink(folder.resolve("disk/a/three"), folder.resolve("away/three"));
        Files.createSymbolicLink(folder.resolve("disk/a/circle"), folder.resolve("disk/a"));
        Files.createSymbolicLink(folder.resolve("disk/nowhere"), Path.of("gone"));
        Path root = Files.createSymbolicLink(folder.resolve("runs"), folder.resolve("disk"));

        assertThat(RunSearch.newestFirst(root))
                .extracting(RunFolder::path)
                .containsExactly(root.resolve("a/three"), root.resolve("b/two"), root.resolve("a/one"));
        assertThat(RunFolder.find("latest", root).path()).isEqualTo(root.resolve("a/three"));
        assertThat(RunSearch.newestFirst(folder.resolve("none"))).isEmpty();
    }

    @Test
    @DisplayName("is not hidden by a newer one that ended before its first checkpoint")
    void withoutCheckpoint() throws IOException {
        Path sound = run("runs/a/one", 1000);
        Path empty = run("runs/a/two", 2000);
        Files.delete(empty.resolve("checkpoints/last"));

        assertThat(RunFolder.find("latest", folder.resolve("runs")).path()).isEqualTo(sound);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("is found beside a folder that may not be read")
    void locked() throws IOException {
        Path one = run("runs/a/one", 1000);
        Path closed = Files.createDirectory(folder.resolve("runs/closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(closed), "root may read everything");
        try {
            assertThat(RunSearch.newestFirst(folder.resolve("runs")))
                    .extracting(RunFolder::path)
                    .isEqualTo(List.of(one));
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    @DisplayName("is running as long as its process lives, and killed when that is gone; its twin is, too")
    void status() throws IOException {
        RunFolder run = new RunFolder(run("run", 1000));
        RunFolder twin = RunFolder.createAnew(run.file("twin"));
        run.writeStatus(Status.RUNNING);
        twin.writeStatus(Status.RUNNING);
        assertThat(run.status()).isEqualTo(Optional.of(Status.KILLED));
        assertThat(twin.status()).isEqualTo(Optional.of(Status.KILLED));

        Files.createDirectories(run.lock().getParent());
        try (FolderLock lock = FolderLock.acquire(run.lock(), LockOwner.self(), Duration.ofMinutes(1), () -> {})
                .orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(run.status()).isEqualTo(Optional.of(Status.RUNNING));
            assertThat(twin.status()).isEqualTo(Optional.of(Status.RUNNING));
        }
        assertThat(run.status()).isEqualTo(Optional.of(Status.KILLED));
        run.writeStatus(Status.INTERRUPTED);
        assertThat(run.status()).isEqualTo(Optional.of(Status.INTERRUPTED));
    }
}
