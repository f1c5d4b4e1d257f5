package org.bpfree.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfree.binding.LoadedSettings;
import org.bpfree.binding.Origin;
import org.bpfree.binding.Problem;
import org.bpfree.binding.Problems;
import org.bpfree.binding.SettingsLoader;
import org.bpfree.experiment.ConfigText;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.experiment.ShippedFiles;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;
import org.bpfree.files.UserPath;

/** Makes the plan of a sweep file: expands its cells and checks the experiment of each. */
public final class Planner {
    private final Path sweepFile;
    private final List<String> set;
    private final List<Long> seeds;
    private final Consumer<String> note;
    private final boolean shipped;
    private final LoadedSettings<SweepSettings> loaded;
    private final ExperimentLoader experiments = ExperimentLoader.installed();

    /** What a cell is: the first of those that are the same experiment. */
    private record Cell(Experiment experiment, String configuration, List<Choice> choices) {}

    /** A problem of a cell, told once for all cells that have it. */
    private record Trouble(String place, String message) {}

    /**
     * What became of a sweep file.
     *
     * @param plan its cells
     * @param experiments of the cells, in the same order
     * @param repeated how many cells were left out because they are the same experiment as an earlier one
     */
    public record Planned(Plan plan, List<Experiment> experiments, int repeated) {}

    /**
     * Reads a sweep file.
     *
     * @throws Failure with all problems of the file itself
     */
    public Planner(Path sweepFile) {
        this(sweepFile, List.of(), List.of());
    }

    /**
     * Reads a sweep file.
     *
     * @param set values of every cell as {@code path=value}; they win over the file's {@code set}, and a cell's own value over them
     * @param seeds of each cell in place of the file's; empty for the file's
     * @throws Failure with all problems of the file itself
     */
    public Planner(Path sweepFile, List<String> set, List<Long> seeds) {
        this(sweepFile, set, seeds, note -> {});
    }

    /** As {@link #Planner(Path, List, List)}; tells when the sweep or its base is a shipped one. */
    public Planner(Path sweepFile, List<String> set, List<Long> seeds, Consumer<String> note) {
        this.sweepFile = sweepFile;
        this.set = set;
        this.seeds = seeds;
        this.note = note;
        ConfigText text = ConfigText.read(sweepFile, note);
        shipped = text.shipped();
        loaded = new SettingsLoader(InstalledTypes.find())
                .load(SweepSettings.class, text.name(), text.text(), "a sweep");
    }

    /**
     * The plan.
     *
     * @param planFile where it will be; the path of the base is kept relative to it
     * @throws Failure with the problems of all cells, each with its place in the sweep file
     */
    public Planned plan(Path planFile) {
        SweepSettings sweep =
                seeds.isEmpty() ? loaded.settings() : loaded.settings().withSeeds(seeds);
        Problems problems = loaded.problems();
        ConfigText base = base(sweep.base(), problems);
        problems.throwIfAny();

        Map<Trouble, List<Integer>> troubles = new LinkedHashMap<>();
        Map<String, Cell> byId = new LinkedHashMap<>();
        List<Choice> shared = new ArrayList<>(Choice.shared(sweep));
        set.stream().map(Choice::ofOption).forEach(shared::add);
        List<List<Choice>> cells = Choice.cells(sweep);
        refuseOverlaps(shared, cells, problems);
        for (int i = 0; i < cells.size(); i++) {
            List<Choice> choices = cells.get(i);
            int index = i;
            List<Choice> all = Stream.concat(shared.stream(), choices.stream()).toList();
            List<String> overrides = all.stream().map(Choice::override).toList();
            Optional<Experiment> experiment =
                    experiments.read(base.name(), base.text(), overrides, problem -> troubles.computeIfAbsent(
                                    trouble(problem, all, base), each -> new ArrayList<>())
                            .add(index));
            experiment.ifPresent(each -> {
                String configuration = ResolvedYaml.print(each);
                byId.putIfAbsent(PlannedCell.idOf(configuration), new Cell(each, configuration, choices));
            });
        }
        troubles.forEach((trouble, indices) -> problems.add(trouble.place(), trouble.message() + in(indices, cells)));
        problems.throwIfAny();
        String basePath = base.shipped()
                ? base.name()
                : relative(Path.of(base.name()).toAbsolutePath().normalize(), planFile);
        String baseHash = ResolvedYaml.hash(base.text());
        List<PlannedCell> planned = new ArrayList<>();
        byId.forEach((id, cell) -> planned.add(new PlannedCell(
                        planned.size(),
                        id,
                        byId.size(),
                        sweep.name(),
                        basePath,
                        baseHash,
                        settings(cell.choices()),
                        cell.experiment().seed(),
                        cell.configuration(),
                        "")
                .sealed()));
        List<Experiment> unique = byId.values().stream().map(Cell::experiment).toList();
        return new Planned(new Plan(List.copyOf(planned)), unique, cells.size() - planned.size());
    }

    /** A value inside a block that another axis replaces would run under a label that does not tell what ran. */
    private static void refuseOverlaps(List<Choice> shared, List<List<Choice>> cells, Problems problems) {
        Set<Trouble> overlaps = new LinkedHashSet<>();
        for (List<Choice> cell : cells) {
            List<Choice> all = Stream.concat(shared.stream(), cell.stream()).toList();
            for (Choice outer : all) {
                all.stream()
                        .filter(outer::encloses)
                        .forEach(inner -> overlaps.add(new Trouble(
                                inner.axis(),
                                "lies inside '" + outer.axis() + "', and cells would run with one of the two under the"
                                        + " other's label. Leave one out, or write '" + inner.path()
                                        + "' into the values of '" + outer.path() + "'.")));
            }
        }
        overlaps.forEach(overlap -> problems.add(overlap.place(), overlap.message()));
        problems.throwIfAny();
    }

    /** The base; that of a shipped sweep is shipped with it, whatever lies beside. */
    private ConfigText base(String name, Problems problems) {
        Optional<ConfigText> own = shipped ? ShippedFiles.find(Path.of(name)).map(ConfigText::of) : Optional.empty();
        if (own.isPresent()) {
            return own.get();
        }
        Path file = Path.of(display(
                sweepFile.toAbsolutePath().resolveSibling(UserPath.of(name)).normalize()));
        try {
            if (!InputFile.isThere(file) && ShippedFiles.find(Path.of(name)).isPresent()) {
                return ConfigText.read(Path.of(name), note);
            }
            return ConfigText.read(file, note);
        } catch (Failure e) {
            problems.add("base", e.getMessage());
            return new ConfigText(file.toString(), "", false);
        }
    }

    /** A path as messages show it: relative to the working folder where that is shorter. */
    private static String display(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }

    private static String relative(Path base, Path planFile) {
        Path folder = planFile.toAbsolutePath().normalize().getParent();
        boolean related = folder.getRoot().equals(base.getRoot());
        return (related ? folder.relativize(base) : base).toString().replace('\\', '/');
    }

    /** Where in the sweep file a problem of a cell is to be mended. */
    private static Trouble trouble(Problem problem, List<Choice> choices, ConfigText base) {
        if (problem.origin() instanceof Origin.InOverride at) {
            Choice choice = choices.get(at.index());
            String within = problem.path().startsWith(choice.path() + ".")
                    ? problem.path().substring(choice.path().length())
                    : "";
            return new Trouble(choice.place() + within, problem.message());
        }
        String where = problem.origin() instanceof Origin.InFile at ? ":" + at.line() + ":" + at.column() : "";
        String path = problem.path().isEmpty() ? "" : problem.path() + ": ";
        return new Trouble("base", base.name() + where + ": " + path + problem.message());
    }

    /** Which cells have a problem, and what they alone have in common. */
    private static String in(List<Integer> indices, List<List<Choice>> cells) {
        if (indices.size() == cells.size()) {
            return " (in every cell)";
        }
        List<Choice> common = new ArrayList<>(cells.get(indices.get(0)));
        indices.forEach(index -> common.retainAll(cells.get(index)));
        String label = common.isEmpty()
                ? ""
                : ": " + common.stream().map(Choice::override).collect(Collectors.joining(" "));
        return " (cell" + (indices.size() > 1 ? "s " : " ") + IndexRanges.of(indices) + label + ")";
    }

    private static Map<String, String> settings(List<Choice> choices) {
        Map<String, String> settings = new LinkedHashMap<>();
        choices.stream()
                .filter(choice -> !choice.path().equals("seed"))
                .forEach(choice -> settings.put(choice.path(), choice.value()));
        return settings;
    }
}
