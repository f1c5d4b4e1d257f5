package org.bpfree.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;

/**
 * The folder of a sweep, {@code runs/SWEEP}: the run folder of a cell is {@code NAME-CELLID}; what its runners note about it lies in
 * {@code cells/CELLID}, among it the name of that folder. Cells are told apart by their configuration, so sweeps of the same name share
 * equal cells and no others, whatever they call them.
 *
 * @param path the folder
 */
public record SweepFolder(Path path) {
    private static final String NOTES = "cells";

    /** Whether a folder holds the notes of a sweep about its cells, which lie beside their runs. */
    public static boolean isNotes(Path folder) {
        return String.valueOf(folder.getFileName()).equals(NOTES) && Files.isDirectory(folder);
    }

    /** The folder of a plan's sweep among all runs. */
    public static SweepFolder of(Path runs, Plan plan) {
        return new SweepFolder(runs.resolve(plan.sweep()));
    }

    /** The run folder of a cell: the one that it has, which may be called by the id alone, else the one that it gets. */
    public Path run(PlannedCell cell) {
        Path claimed = folderName(cell);
        if (!InputFile.isThere(claimed)) {
            Path unnamed = path.resolve(cell.id());
            return InputFile.isThere(unnamed) ? unnamed : path.resolve(cell.folderName());
        }
        try {
            return path.resolve(Files.readString(claimed).strip());
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.FAILED, claimed, e);
        }
    }

    /** The file into which everything goes that the processes of a cell print. */
    public Path log(PlannedCell cell) {
        return notes(cell).resolve("log");
    }

    Path notes(PlannedCell cell) {
        return path.resolve(NOTES).resolve(cell.id());
    }

    private Path folderName(PlannedCell cell) {
        return notes(cell).resolve("folder");
    }

    Path lock(PlannedCell cell) {
        return notes(cell).resolve("lock");
    }

    Path attempt(PlannedCell cell) {
        return notes(cell).resolve("attempt.json");
    }

    /** Makes the folder for notes about a cell. */
    void prepare(PlannedCell cell) {
        AtomicFile.createFolder(notes(cell));
    }

    /** The run folder of a cell that is about to begin, which keeps its name from then on, whatever another plan calls the cell. */
    Path claim(PlannedCell cell) {
        Path run = run(cell);
        AtomicFile.write(folderName(cell), run.getFileName() + "\n");
        return run;
    }
}
