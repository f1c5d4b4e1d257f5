package org.bpfree.run;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.FolderLock;
import org.bpfree.files.LockOwner;

/** Keeps a run folder for this process while it trains there. */
final class RunLock {
    private RunLock() {}

    /**
     * Works on a run that no other process trains meanwhile.
     *
     * @param lost told when another process has taken the run over; does not return
     * @return what the work returns
     * @throws Failure if a process that lives trains there
     */
    static <T> T holding(RunFolder folder, Consumer<RunFolder> lost, Supplier<T> work) {
        FolderLock lock = take(folder, lost);
        try {
            return work.get();
        } finally {
            lock.close();
        }
    }

    private static FolderLock take(RunFolder folder, Consumer<RunFolder> lost) {
        Path file = folder.lock();
        AtomicFile.createFolder(file.getParent());
        LockOwner self = LockOwner.self();
        return FolderLock.acquire(file, self, RunFolder.PATIENCE, () -> lost.accept(folder))
                .orElseThrow(() -> inUse(folder));
    }

    private static Failure inUse(RunFolder folder) {
        String owner = folder.trainer().map(LockOwner::toString).orElse("another process");
        return Failure.failed(
                "the run " + folder.path() + " is being trained by " + owner,
                "Wait until it is done, or stop it first. The run of a machine that went down is free "
                        + RunFolder.PATIENCE.toMinutes() + " minutes later.");
    }
}
