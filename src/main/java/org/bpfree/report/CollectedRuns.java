package org.bpfree.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.failure.Failure;
import org.bpfree.run.RunFolder;
import org.bpfree.run.RunRecord;

/** Runs that were found in folders, with their pictures, on the way into a report. */
public final class CollectedRuns {
    private final List<RunRecord> runs = new ArrayList<>();
    private final Map<RunRecord, Pictures> pictures = new IdentityHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** Makes the pictures of a run. */
    @FunctionalInterface
    public interface Painter {
        /** The pictures of the run in a folder. */
        Pictures paint(RunFolder run);
    }

    /**
     * Adds a run. One whose files are damaged is named among the notes of the report instead.
     *
     * @param painter makes its pictures; its failures are passed on
     */
    public void add(RunFolder folder, Painter painter) {
        RunRecord run;
        try {
            run = RunRecord.read(folder);
        } catch (Failure unreadable) {
            notes.add("Left out " + folder.path() + ": " + unreadable.getMessage());
            return;
        }
        pictures.put(run, painter.paint(folder));
        runs.add(run);
    }

    /** Number of runs that can be shown. */
    public int size() {
        return runs.size();
    }

    /** Adds a sentence that a reader has to know. */
    public void note(String sentence) {
        notes.add(sentence);
    }

    /** The runs compared with each other. */
    public Comparison comparison(String title) {
        Comparison comparison = Comparison.of(title, runs);
        List<String> all = new ArrayList<>(notes);
        all.addAll(comparison.notes());
        return comparison.withNotes(all);
    }

    /** A title for want of a better one: the folder that several runs lie in, the name of the only experiment, else how many runs there are. */
    public String title() {
        List<Path> parents = runs.stream()
                .map(run -> run.folder().toAbsolutePath().normalize())
                .filter(folder -> !folder.endsWith("twin"))
                .map(Path::getParent)
                .distinct()
                .toList();
        List<String> names = runs.stream().map(RunRecord::name).distinct().toList();
        if (runs.size() > 1 && parents.size() == 1 && parents.get(0).getFileName() != null) {
            return parents.get(0).getFileName() + ", " + runs.size() + " runs";
        }
        return names.size() == 1 ? names.get(0) : runs.size() + " runs";
    }

    /** The pictures of one of the runs. */
    public Pictures pictures(RunRecord run) {
        return pictures.get(run);
    }
}
