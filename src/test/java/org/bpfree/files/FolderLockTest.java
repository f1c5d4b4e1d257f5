package org.bpfree.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    private static final LockOwner SELF = LockOwner.self();
    private static final Runnable NOT_LOST = () -> {};

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("lock");
    }

    @Test
    void isHeldByOneUntilItIsClosed() {
        FolderLock lock = acquire().orElseThrow();

        assertThat(acquire()).isEmpty();
        assertThat(FolderLock.holder(file, SELF, FolderLock.PATIENCE)).contains(SELF);

        lock.close();
        assertThat(FolderLock.holder(file, SELF, FolderLock.PATIENCE)).isEmpty();
        acquire().orElseThrow().close();
        assertThat(folder.toFile().list()).containsExactly("guard");
    }

    @Test
    void ofManyThatTryAtOnceOneGetsIt() throws Exception {
        // A stale lock makes it harder: all find it, and one may replace it.
        write(dead());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Optional<FolderLock>>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts.add(this::acquire);
        }

        int winners = 0;
        for (Future<Optional<FolderLock>> each : threads.invokeAll(attempts)) {
            winners += each.get().isPresent() ? 1 : 0;
        }
        threads.shutdown();

        assertThat(winners).isEqualTo(1);
    }

    @Test
    void ofAProcessThatIsGoneItIsTakenOver() {
        write(dead());

        assertThat(FolderLock.holder(file, SELF, FolderLock.PATIENCE)).isEmpty();
        assertThat(acquire()).isPresent();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void ofAProcessThatHasEndedUnnoticedByItsParentItIsTakenOver() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.5 & echo $!; exec sleep 60").start();
        long pid = Long.parseLong(parent.inputReader().readLine());
        LockOwner child = LockOwner.of(ProcessHandle.of(pid).orElseThrow());
        write(child);
        assertThat(acquire()).isEmpty();

        while (!Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ")) {
            Thread.sleep(10);
        }

        assertThat(acquire()).isPresent();
        parent.destroy();
    }

    @Test
    void ofAnEarlierProcessWithTheSameNumberItIsTakenOver() {
        write(new LockOwner(SELF.host(), SELF.pid(), SELF.started() - 60_000, "", 0));

        assertThat(acquire()).isPresent();
    }

    @Test
    void ofAnotherMachineItCountsAsLongAsItIsWrittenAgain() throws IOException {
        LockOwner elsewhere = new LockOwner("another-host", 1, 0, "", 0);
        write(elsewhere);
        assertThat(acquire()).isEmpty();
        assertThat(FolderLock.holder(file, SELF, FolderLock.PATIENCE)).contains(elsewhere);

        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(4))));

        assertThat(acquire()).isPresent();
    }

    @Test
    void ofAnEarlierStartOfTheSameSlurmJobItIsTakenOverAtOnce() {
        LockOwner before = new LockOwner("another-host", 1, 0, "42", 1);
        LockOwner requeued = new LockOwner(SELF.host(), SELF.pid(), SELF.started(), "42", 2);
        LockOwner otherJob = new LockOwner(SELF.host(), SELF.pid(), SELF.started(), "43", 2);
        write(before);

        assertThat(FolderLock.acquire(file, otherJob, FolderLock.PATIENCE, NOT_LOST))
                .isEmpty();
        assertThat(FolderLock.acquire(file, requeued, FolderLock.PATIENCE, NOT_LOST))
                .isPresent();
    }

    @Test
    void halfWrittenItIsNobodys() throws IOException {
        Files.writeString(file, "{\"host\":\"an");

        assertThat(acquire()).isPresent();
    }

    @Test
    void closingLeavesTheLockOfWhoTookItOver() {
        FolderLock lock = acquire().orElseThrow();
        LockOwner other = new LockOwner("another-host", 1, 0, "", 0);
        write(other);

        lock.close();

        assertThat(FolderLock.holder(file, SELF, FolderLock.PATIENCE)).contains(other);
    }

    private Optional<FolderLock> acquire() {
        return FolderLock.acquire(file, SELF, FolderLock.PATIENCE, NOT_LOST);
    }

    private void write(LockOwner owner) {
        try {
            Files.writeString(file, owner.json());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** An owner on this machine that has ended. */
    private static LockOwner dead() {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.waitFor();
            return new LockOwner(SELF.host(), process.pid(), SELF.started(), "", 0);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
