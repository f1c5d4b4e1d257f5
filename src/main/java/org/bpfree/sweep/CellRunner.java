package org.bpfree.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.FolderLock;
import org.bpfree.files.InputFile;
import org.bpfree.files.LockOwner;
import org.bpfree.run.RunFolder;

/** Brings one cell to its end in this process: begins it, goes on with it, or leaves it alone. */
public final class CellRunner {
    private static final int SIGNALS = 128;

    private final SweepFolder folder;
    private final Inspector inspector;
    private final Training training;
    private final List<String> always;
    private final List<String> atFirst;
    private final Runnable lost;

    /**
     * A runner.
     *
     * @param training trains
     * @param always more arguments of every training, such as {@code --data-dir DIR}
     * @param atFirst more arguments of a training that begins, such as {@code --threads 1}; one that goes on keeps what it began with
     * @param lost told when another process has taken the cell over; this one must end at once
     */
    public CellRunner(SweepFolder folder, Training training, List<String> always, List<String> atFirst, Runnable lost) {
        this.folder = folder;
        this.training = training;
        this.always = List.copyOf(always);
        this.atFirst = List.copyOf(atFirst);
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
        boolean resumable = new RunFolder(run).canGoOn();
        int number = Attempt.read(folder.attempt(cell)).map(Attempt::number).orElse(0) + 1;
        if (!resumable) {
            setAside(run, folder.notes(cell).resolve("before-attempt-" + number));
        }
        new Attempt(number, null, "").write(folder.attempt(cell));
        List<String> arguments = new ArrayList<>(List.of("train", "--progress", "plain"));
        arguments.addAll(always);
        arguments.addAll(resumable ? List.of("--resume", run.toString()) : begin(cell, run));
        Training.Ending ending = training.train(arguments);
        boolean asked = ending.exitCode() > SIGNALS;
        int exitCode = asked ? Failure.Kind.INTERRUPTED.exitCode() : ending.exitCode();
        new Attempt(number, exitCode, ending.message().replaceAll("\\s*\\R\\s*", " ")).write(folder.attempt(cell));
    }

    private boolean hasResult(PlannedCell cell) {
        // Under the lock of this process every cell looks as if it were running, but for those that are done.
        return inspector.inspect(cell).state() != CellState.RUNNING;
    }

    private List<String> begin(PlannedCell cell, Path run) {
        Path experiment = folder.experiment(cell);
        AtomicFile.write(experiment, cell.configuration());
        List<String> arguments = new ArrayList<>(atFirst);
        arguments.addAll(List.of("--config", experiment.toString(), "--run-dir", run.toString()));
        return arguments;
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
