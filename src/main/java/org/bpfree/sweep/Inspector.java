package org.bpfree.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.failure.Failure;
import org.bpfree.files.FolderLock;
import org.bpfree.files.LockOwner;
import org.bpfree.run.RunFolder;
import org.bpfree.run.RunFolder.Status;
import org.bpfree.run.RunResult;

/** Finds out how cells stand, from what lies in their folders. */
public final class Inspector {
    private final SweepFolder folder;
    private final LockOwner self = LockOwner.self();
    private final ExperimentLoader experiments = ExperimentLoader.installed();
    private final Map<String, Boolean> needsTwin = new HashMap<>(); // by cell; a runner asks again and again

    /** An inspector of the cells in a folder. */
    public Inspector(SweepFolder folder) {
        this.folder = folder;
    }

    /** How all cells of a plan stand, in their order. */
    public List<CellReport> inspect(Plan plan) {
        return plan.cells().stream().map(this::inspect).toList();
    }

    /** How a cell stands. */
    public CellReport inspect(PlannedCell cell) {
        Optional<Attempt> attempt = Attempt.read(folder.attempt(cell));
        Path run = folder.run(cell);
        int attempts = attempt.map(Attempt::number).orElse(0);
        Optional<String> foreign = foreign(cell, run);
        if (foreign.isPresent()) {
            return new CellReport(cell, CellState.FAILED, foreign.get(), attempts);
        }
        if (result(run).filter(result -> isComplete(cell, result)).isPresent()) {
            return new CellReport(cell, CellState.DONE, "", attempts);
        }
        // After the result, which may have come while this was asked.
        Optional<LockOwner> holder = FolderLock.holder(folder.lock(cell), self, FolderLock.PATIENCE);
        if (holder.isPresent()) {
            return new CellReport(cell, CellState.RUNNING, holder.get().toString(), attempts);
        }
        if (result(run).filter(result -> isComplete(cell, result)).isPresent()) {
            return new CellReport(cell, CellState.DONE, "", attempts);
        }
        return stopped(cell, attempt, new RunFolder(run), attempts);
    }

    private CellReport stopped(PlannedCell cell, Optional<Attempt> attempt, RunFolder run, int attempts) {
        boolean begun = Files.isDirectory(run.path());
        Set<Status> ended = Stream.of(run, new RunFolder(run.file("twin")))
                .flatMap(each -> each.status().stream())
                .collect(Collectors.toSet());
        Integer exitCode = attempt.map(Attempt::exitCode).orElse(null);
        String reason =
                attempt.map(Attempt::reason).filter(text -> !text.isEmpty()).orElse("");
        if (ended.contains(Status.DIVERGED)) {
            return new CellReport(cell, CellState.DIVERGED, or(reason, "training diverged"), attempts);
        }
        boolean failed = exitCode != null && exitCode != 0 && exitCode != Failure.Kind.INTERRUPTED.exitCode();
        if (ended.contains(Status.FAILED) || failed) {
            return new CellReport(cell, CellState.FAILED, or(reason, "see " + folder.log(cell)), attempts);
        }
        if (!begun && attempt.isEmpty()) {
            return new CellReport(cell, CellState.MISSING, "", 0);
        }
        String asked = exitCode != null && exitCode == 0
                ? "its result.json is gone or damaged; another attempt writes it again"
                : "stopped on request";
        String killed = "its process was killed or its machine went down";
        boolean stopped = exitCode != null || run.status().equals(Optional.of(Status.INTERRUPTED));
        return new CellReport(cell, CellState.INTERRUPTED, or(reason, stopped ? asked : killed), attempts);
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    /** What a cell reached, or nothing when there is no result that can be read. */
    public Optional<RunResult> result(PlannedCell cell) {
        return result(folder.run(cell));
    }

    private static Optional<RunResult> result(Path run) {
        try {
            return RunResult.read(new RunFolder(run));
        } catch (Failure unreadable) {
            return Optional.empty();
        }
    }

    /** A run with a twin has its own result before the twin's. */
    private boolean isComplete(PlannedCell cell, RunResult result) {
        return result.twin().isPresent()
                || !cell.configuration().contains("twin: true") // quick, where thousands of cells have none
                || !needsTwin.computeIfAbsent(cell.id(), id -> read("the plan", cell.configuration())
                        .map(experiment -> experiment.training().twin())
                        .orElse(false));
    }

    /** Why the run folder of a cell holds something else than that cell; nothing when it holds the cell, or nothing yet. */
    private Optional<String> foreign(PlannedCell cell, Path run) {
        Path resolved = run.resolve("config.resolved.yaml");
        String text;
        try {
            text = Files.readString(resolved);
        } catch (IOException e) {
            return Optional.empty();
        }
        if (text.equals(cell.configuration())) {
            return Optional.empty();
        }
        // Another version of bpfree may write the same experiment in other words.
        Optional<Experiment> there = read(resolved.toString(), text);
        Optional<Experiment> planned = read("the plan", cell.configuration());
        if (there.isPresent() && planned.isPresent()) {
            List<ResolvedYaml.Difference> differences = ResolvedYaml.diff(planned.get(), there.get());
            return differences.isEmpty()
                    ? Optional.empty()
                    : Optional.of(run + " holds another experiment: " + differences.get(0) + "; move it away");
        }
        return Optional.of(
                run + " was written by a version of bpfree whose settings this one does not know; move it away");
    }

    private Optional<Experiment> read(String name, String text) {
        return experiments.read(name, text, List.of(), problem -> {});
    }
}
