package org.bpfree.sweep;

import java.nio.file.Path;
import org.bpfree.files.AtomicFile;

/**
 * The folder of a sweep, {@code runs/SWEEP}: the run folder of a cell is {@code CELLID}; what its runners note about it lies in
 * {@code cells/CELLID}. Cells are told apart by their configuration, so sweeps of the same name share equal cells and no others.
 *
 * @param path the folder
 */
public record SweepFolder(Path path) {
    /** The folder of a plan's sweep among all runs. */
    public static SweepFolder of(Path runs, Plan plan) {
        return new SweepFolder(runs.resolve(plan.sweep()));
    }

    /** The run folder of a cell. */
    public Path run(PlannedCell cell) {
        return path.resolve(cell.id());
    }

    /** The file into which everything goes that the processes of a cell print. */
    public Path log(PlannedCell cell) {
        return notes(cell).resolve("log");
    }

    Path notes(PlannedCell cell) {
        return path.resolve("cells").resolve(cell.id());
    }

    Path lock(PlannedCell cell) {
        return notes(cell).resolve("lock");
    }

    Path attempt(PlannedCell cell) {
        return notes(cell).resolve("attempt.json");
    }

    Path experiment(PlannedCell cell) {
        return notes(cell).resolve("experiment.yaml");
    }

    /** Makes the folder for notes about a cell. */
    void prepare(PlannedCell cell) {
        AtomicFile.createFolder(notes(cell));
    }
}
