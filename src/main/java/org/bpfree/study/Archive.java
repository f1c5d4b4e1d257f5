package org.bpfree.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.run.RunFiles;
import org.bpfree.run.RunFolder;
import org.bpfree.sweep.Inspector;
import org.bpfree.sweep.Plan;
import org.bpfree.sweep.PlannedCell;

/**
 * The finished cells of studies in one file, a line of JSON each, so that results outlive the disk that they were made on: an archive
 * counts as runs that are done.
 */
public final class Archive {
    private final Map<String, ArchivedCell> byId = new LinkedHashMap<>();
    private Map<String, ArchivedCell> byPresentId; // ids as this version of bpfree gives them

    /** An archive without cells. */
    public static Archive empty() {
        return new Archive();
    }

    /**
     * Reads an archive.
     *
     * @throws Failure if the file cannot be read, or a line is not as it was written; with all such lines
     */
    public static Archive read(Path file) {
        Archive archive = new Archive();
        List<String> problems = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            ArchivedCell.Read read = ArchivedCell.read(lines.get(i));
            if (read.cell().isEmpty()) {
                problems.add(file + ":" + (i + 1) + ": " + read.problem());
            } else if (archive.byId.putIfAbsent(
                            read.cell().get().id(), read.cell().get())
                    != null) {
                problems.add(
                        file + ":" + (i + 1) + ": the cell " + read.cell().get().id() + " stands there twice");
            }
        }
        if (!problems.isEmpty()) {
            throw Failure.failed(
                    "not a sound archive\n" + Failure.few(problems, ""),
                    "Put back the lines as 'bpfree study archive' wrote them, or remove them and run their cells again.");
        }
        return archive;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw InputFile.isThere(file)
                    ? InputFile.cannotRead(Failure.Kind.FAILED, file, e)
                    : Failure.causedBy(
                            e,
                            Failure.Kind.FAILED,
                            file + ": no such file.",
                            "Make an archive with: bpfree study archive STUDY.yaml -o " + file);
        }
    }

    /** Whether the first line of a file is one of an archive. */
    public static boolean isOne(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().filter(line -> line.startsWith("{\"id\":")).isPresent();
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** All cells, in the order of the file. */
    public Collection<ArchivedCell> cells() {
        return byId.values();
    }

    /** A cell by its id, or by the beginning of one that is the only one to begin so. */
    public Optional<ArchivedCell> find(String id) {
        List<ArchivedCell> found =
                byId.values().stream().filter(cell -> cell.id().startsWith(id)).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /**
     * Adds the finished cells of a plan that are not there yet.
     *
     * @return how many are new
     */
    public int add(Stage stage, Plan plan, StudyFolder folder) {
        Inspector inspector = new Inspector(folder.runs());
        int added = 0;
        for (PlannedCell cell : plan.cells()) {
            if (of(cell).isEmpty() && inspector.inspect(cell).state().isFinal()) {
                RunFiles files = RunFiles.read(new RunFolder(folder.runs().run(cell)));
                byId.put(cell.id(), ArchivedCell.of(cell, stage, files));
                added++;
            }
        }
        return added;
    }

    /** Whether a planned cell is here. */
    public boolean has(PlannedCell cell) {
        return of(cell).isPresent();
    }

    /**
     * The cell that is a planned one: of the same id, or the same experiment in the words of another version of bpfree, whose settings had
     * the values that are defaults now.
     */
    Optional<ArchivedCell> of(PlannedCell cell) {
        ArchivedCell same = byId.get(cell.id());
        return same != null
                ? Optional.of(same)
                : Optional.ofNullable(presentIds().get(cell.id()));
    }

    private Map<String, ArchivedCell> presentIds() {
        if (byPresentId == null) {
            ExperimentLoader experiments = ExperimentLoader.installed();
            byPresentId = new LinkedHashMap<>();
            byId.values().forEach(cell -> experiments
                    .read("the archive", cell.configuration(), List.of(), problem -> {})
                    .ifPresent(experiment -> byPresentId.put(PlannedCell.idOf(ResolvedYaml.print(experiment)), cell)));
        }
        return byPresentId;
    }

    /** Makes run folders, without weights, for cells of a plan that are here and have none there. */
    void restore(Plan plan, StudyFolder folder) {
        for (PlannedCell cell : plan.cells()) {
            Path run = folder.runs().run(cell);
            if (!InputFile.isThere(run)) {
                of(cell).ifPresent(archived -> archived.files().write(run, archived.configuration()));
            }
        }
    }

    /** Replaces a file. */
    public void write(Path file) {
        AtomicFile.write(
                file, byId.values().stream().map(cell -> cell.line() + "\n").collect(Collectors.joining()));
    }
}
