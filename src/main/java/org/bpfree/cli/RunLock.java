package org.bpfree.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.FolderLock;
import org.bpfree.files.LockOwner;
import org.bpfree.run.RunFolder;

/** Keeps a run folder for this process while it trains there. */
final class RunLock {
    private RunLock() {}

    /**
     * Works on a run that no other process trains meanwhile.
     *
     * @param err told when another process has taken the run over, which ends this one
     * @return what the work returns
     * @throws Failure if a process that lives trains there
     */
    static int holding(RunFolder folder, PrintWriter err, IntSupplier work) {
        FolderLock lock = take(folder, err);
        try {
            return work.getAsInt();
        } finally {
            lock.close();
        }
    }

    private static FolderLock take(RunFolder folder, PrintWriter err) {
        Path file = folder.lock();
        AtomicFile.createFolder(file.getParent());
        LockOwner self = LockOwner.self();
        return FolderLock.acquire(file, self, RunFolder.PATIENCE, () -> end(folder, err))
                .orElseThrow(() -> inUse(folder));
    }

    private static Failure inUse(RunFolder folder) {
        String owner = folder.trainer().map(LockOwner::toString).orElse("another process");
        return Failure.failed(
                "the run " + folder.path() + " is being trained by " + owner,
                "Wait until it is done, or stop it first. The run of a machine that went down is free "
                        + RunFolder.PATIENCE.toMinutes() + " minutes later.");
    }

    private static void end(RunFolder folder, PrintWriter err) {
        err.println("bpfree: error: another process has taken over " + folder.path()
                + ", which this one seemed to have left");
        err.flush();
        Runtime.getRuntime().halt(Failure.Kind.INTERRUPTED.exitCode());
    }
}
