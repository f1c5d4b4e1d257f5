package org.bpfree.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bpfree.experiment.ConfigText;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.experiment.ShippedFiles;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;

/**
 * The cells of a sweep, fixed once: a file of JSON lines, the cell of index 0 on the first. Each line holds the whole configuration
 * of its cell, so that a plan means the same wherever and whenever it is run.
 *
 * @param cells at least one, in the order of their indices
 */
public record Plan(List<PlannedCell> cells) {
    /** Name of the sweep. */
    public String sweep() {
        return cells.get(0).sweep();
    }

    /**
     * The cell of an index.
     *
     * @throws Failure if the plan has none
     */
    public PlannedCell cell(int index) {
        if (index < 0 || index >= cells.size()) {
            throw Failure.usage(
                    "--index " + index + ": the plan has " + cells.size() + " cells, expected 0 to "
                            + (cells.size() - 1),
                    "Line 1 of the plan is index 0.");
        }
        return cells.get(index);
    }

    /**
     * Writes the plan, unless the file holds it already.
     *
     * @return whether the file is new
     * @throws Failure if the file holds something else
     */
    public boolean write(Path file) {
        String text = cells.stream().map(cell -> cell.json() + "\n").collect(Collectors.joining());
        if (!InputFile.isThere(file)) {
            AtomicFile.write(file, text);
            return true;
        }
        try {
            if (Files.readString(file).equals(text)) {
                return false;
            }
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.USAGE, file, e);
        }
        throw Failure.usage(
                file + ": exists and holds another plan" + difference(file) + "; plans are not overwritten",
                "Write the new plan to another file with -o. Cells that both plans have keep their runs.");
    }

    private String difference(Path file) {
        Plan before;
        try {
            before = read(file);
        } catch (Failure e) {
            return ", or no plan at all";
        }
        List<String> old = before.cells.stream().map(PlannedCell::id).toList();
        List<String> now = cells.stream().map(PlannedCell::id).toList();
        long same = now.stream().filter(old::contains).count();
        String base = before.cells.get(0).baseHash().equals(cells.get(0).baseHash())
                ? ""
                : "; the base " + cells.get(0).base() + " has changed since";
        return " (" + old.size() + " cells there, " + now.size() + " now, " + same + " in both" + base + ")";
    }

    /**
     * Reads a plan.
     *
     * @throws Failure if the file is no plan, or not as it was written; with all damaged lines
     */
    public static Plan read(Path file) {
        if (file.toString().matches(".*\\.ya?ml")) {
            throw Failure.usage(
                    file + " is YAML, as sweep files are, and this takes a plan",
                    "Make one of a sweep file: bpfree sweep plan " + file + " -o plan.jsonl");
        }
        List<String> lines = lines(file);
        List<String> problems = new ArrayList<>();
        List<PlannedCell> cells = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String problem = problem(lines, i, cells, seen);
            if (!problem.isEmpty()) {
                problems.add(file + ":" + (i + 1) + ": " + problem);
            }
        }
        if (problems.isEmpty()
                && (cells.isEmpty() || cells.size() != cells.get(0).cells())) {
            String expected = cells.isEmpty()
                    ? "at least one"
                    : String.valueOf(cells.get(0).cells());
            problems.add(file + ": has " + cells.size() + " cells, expected " + expected + ".");
        }
        if (!problems.isEmpty()) {
            throw Failure.usage(
                    "not a sound plan\n" + Failure.few(problems, ""),
                    "Make it again from the sweep file: bpfree sweep plan SWEEP.yaml -o " + file
                            + " (move the damaged file away first). Runs of cells that stay the same are kept.");
        }
        return new Plan(List.copyOf(cells));
    }

    private static String problem(
            List<String> lines, int position, List<PlannedCell> cells, Map<String, Integer> seen) {
        PlannedCell cell;
        try {
            cell = PlannedCell.parse(lines.get(position));
        } catch (JsonProcessingException e) {
            return "not a cell: " + e.getOriginalMessage();
        }
        if (cell == null || !cell.intact()) {
            return "has changed since the plan was written.";
        }
        if (cell.index() != position) {
            return "is the line of index " + cell.index() + ", expected index " + position + ".";
        }
        Integer first = seen.putIfAbsent(cell.id(), position);
        if (first != null) {
            return "is the same cell as line " + (first + 1) + ".";
        }
        cells.add(cell);
        boolean own = cell.sweep().equals(cells.get(0).sweep())
                && cell.cells() == cells.get(0).cells();
        return own ? "" : "belongs to another plan.";
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (MalformedInputException e) {
            throw Failure.causedBy(e, Failure.Kind.USAGE, file + ": is not a text file, expected a plan.");
        } catch (IOException e) {
            String hint = "Make a plan with: bpfree sweep plan SWEEP.yaml -o plan.jsonl";
            throw InputFile.isThere(file)
                    ? InputFile.cannotRead(Failure.Kind.USAGE, file, e, hint)
                    : Failure.causedBy(e, Failure.Kind.USAGE, file + ": no such file.", hint);
        }
    }

    /** A warning when the base is another file now than when the plan was made. */
    public Optional<String> baseChange(Path planFile) {
        PlannedCell first = cells.get(0);
        if (first.base().startsWith(ConfigText.SHIPPED)) {
            Path name = Path.of(first.base().substring(ConfigText.SHIPPED.length()));
            boolean same = ShippedFiles.find(name)
                    .filter(file -> ResolvedYaml.hash(file.text()).equals(first.baseHash()))
                    .isPresent();
            return same ? Optional.empty() : Optional.of(changed(first.base(), planFile));
        }
        Path base = planFile.toAbsolutePath().resolveSibling(first.base()).normalize();
        try {
            if (!InputFile.isThere(base)
                    || ResolvedYaml.hash(Files.readString(base)).equals(first.baseHash())) {
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.of("whether the base " + base + " has changed cannot be told: " + e.getMessage());
        }
        return Optional.of(changed(base.toString(), planFile));
    }

    private static String changed(String base, Path planFile) {
        return "the base " + base + " has changed since the plan was made. Cells keep the configuration in " + planFile
                + "; for the changed base make another plan.";
    }
}
