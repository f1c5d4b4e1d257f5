package org.bpfree.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.FolderLock;
import org.bpfree.files.InputFile;
import org.bpfree.files.LockOwner;
import org.bpfree.run.Diagnosis;
import org.bpfree.run.RunFolder;

/** Brings one cell to its end in this process: begins it, goes on with it, or leaves it alone. */
public final class CellRunner {
    private final SweepFolder folder;
    private final Inspector inspector;
    private final CellTraining training;
    private final Runnable lost;

    /**
     * A runner.
     *
     * @param training trains
     * @param lost told when another process has taken the cell over; this one must end at once
     */
    public CellRunner(SweepFolder folder, CellTraining training, Runnable lost) {
        this.folder = folder;
        this.training = training;
        this.lost = lost;
        inspector = new Inspector(folder);
    }

    /**
     * Runs a cell, unless it is final or a process runs it.
     *
     * @return how it stands now; {@link CellState#RUNNING} when another process runs it
     */
    public CellReport run(PlannedCell cell) {
        CellReport before = inspector.inspect(cell);
        if (before.state().isFinal()) {
            return before;
        }
        folder.prepare(cell);
        Optional<FolderLock> lock = FolderLock.acquire(folder.lock(cell), LockOwner.self(), FolderLock.PATIENCE, lost);
        if (lock.isEmpty()) {
            return inspector.inspect(cell);
        }
        try {
            work(cell);
        } finally {
            lock.get().close();
        }
        return inspector.inspect(cell);
    }

    private void work(PlannedCell cell) {
        if (hasResult(cell)) {
            return; // another process was faster
        }
        Path run = folder.claim(cell);
        RunFolder existing = new RunFolder(run);
        boolean resumable = existing.canGoOn();
        int number = Attempt.read(folder.attempt(cell)).map(Attempt::number).orElse(0) + 1;
        if (!resumable) {
            setAside(run, folder.notes(cell).resolve("before-attempt-" + number));
        }
        new Attempt(number, null, "").write(folder.attempt(cell));
        int exitCode;
        String reason = "";
        try {
            boolean done = resumable
                    ? training.resume(existing)
                    : training.begin(cell.configuration(), RunFolder.createExactly(run));
            exitCode = done ? 0 : Failure.Kind.INTERRUPTED.exitCode();
        } catch (RuntimeException | Error e) {
            Failure failure = Diagnosis.of(e);
            exitCode = failure.kind().exitCode();
            reason = failure.getMessage().replaceAll("\\s*\\R\\s*", " ");
        }
        new Attempt(number, exitCode, reason).write(folder.attempt(cell));
    }

    private boolean hasResult(PlannedCell cell) {
        // Under the lock of this process every cell looks as if it were running, but for those that are done.
        return inspector.inspect(cell).state() != CellState.RUNNING;
    }

    /** A run that ended before its first checkpoint begins anew; what it left is kept. */
    private static void setAside(Path run, Path to) {
        if (InputFile.isThere(run)) {
            try {
                Files.move(run, to);
            } catch (IOException e) {
                throw AtomicFile.cannotWrite(to, e);
            }
        }
    }
}
