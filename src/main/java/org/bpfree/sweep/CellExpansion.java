package org.bpfree.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfree.binding.Origin;
import org.bpfree.binding.Problem;
import org.bpfree.binding.Problems;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.experiment.ResolvedYaml;

/**
 * Makes the cells of a plan: binds the experiment of each and checks it.
 *
 * @param name of the sweep or study, and of the folder of its runs
 * @param base the experiment that cells change
 */
public record CellExpansion(String name, Base base) {
    /**
     * A cell that is asked for.
     *
     * @param arm of a study; null in a sweep
     * @param shared what it has in common with others, below its own choices
     * @param choices what it changes itself, the seed among them
     */
    public record Request(String arm, List<Choice> shared, List<Choice> choices) {
        private List<Choice> all() {
            return Stream.concat(shared.stream(), choices.stream()).toList();
        }
    }

    /** Two requests that are the same experiment, of which the first stays. */
    public record Repeated(Request first, Request again) {}

    /**
     * What became of requests.
     *
     * @param plan its cells
     * @param experiments of the cells, in the same order
     * @param repeated requests without a cell of their own
     */
    public record Expanded(Plan plan, List<Experiment> experiments, List<Repeated> repeated) {}

    /** A problem of a cell, told once for all cells that have it. */
    private record Trouble(String place, String message) {}

    /** A cell whose experiment is sound. */
    private record Sound(Request request, Experiment experiment) {}

    /**
     * The plan of some cells. Of cells that are the same experiment the first stays.
     *
     * @param planFile where it will be; the path of the base is kept relative to it
     * @param problems is told what is wrong with cells, each with its place in the file; thrown before this returns
     */
    public Expanded expand(List<Request> requests, Path planFile, Problems problems) {
        ExperimentLoader experiments = ExperimentLoader.installed();
        Map<Trouble, List<Integer>> troubles = new LinkedHashMap<>();
        Map<String, Sound> byConfiguration = new LinkedHashMap<>();
        List<Repeated> repeated = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            int index = i;
            Request request = requests.get(i);
            List<Choice> all = request.all();
            experiments
                    .read(
                            base.text().name(),
                            base.text().text(),
                            all.stream().map(Choice::override).toList(),
                            problem -> troubles.computeIfAbsent(trouble(problem, all), each -> new ArrayList<>())
                                    .add(index))
                    .ifPresent(experiment -> {
                        Sound first = byConfiguration.putIfAbsent(
                                ResolvedYaml.print(experiment), new Sound(request, experiment));
                        if (first != null) {
                            repeated.add(new Repeated(first.request(), request));
                        }
                    });
        }
        troubles.forEach(
                (trouble, indices) -> problems.add(trouble.place(), trouble.message() + in(indices, requests)));
        problems.throwIfAny();
        List<PlannedCell> planned = new ArrayList<>();
        String relativeBase = base.relativeTo(planFile);
        byConfiguration.forEach((configuration, sound) -> planned.add(new PlannedCell(
                        planned.size(),
                        PlannedCell.idOf(configuration),
                        byConfiguration.size(),
                        name,
                        sound.request().arm(),
                        relativeBase,
                        base.hash(),
                        settings(sound.request().choices()),
                        sound.experiment().seed(),
                        configuration,
                        "")
                .sealed()));
        return new Expanded(
                new Plan(List.copyOf(planned)),
                byConfiguration.values().stream().map(Sound::experiment).toList(),
                repeated);
    }

    /** Refuses values inside a block that another axis replaces: cells would run under a label that does not tell what ran. */
    public static void refuseOverlaps(List<Request> requests, Problems problems) {
        Set<Trouble> overlaps = new LinkedHashSet<>();
        for (Request request : requests) {
            List<Choice> all = request.all();
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

    /** Where in the file a problem of a cell is to be mended. */
    private Trouble trouble(Problem problem, List<Choice> choices) {
        if (problem.origin() instanceof Origin.InOverride at) {
            Choice choice = choices.get(at.index());
            String within = problem.path().startsWith(choice.path() + ".")
                    ? problem.path().substring(choice.path().length())
                    : "";
            return new Trouble(choice.place() + within, problem.message());
        }
        String where = problem.origin() instanceof Origin.InFile at ? ":" + at.line() + ":" + at.column() : "";
        String path = problem.path().isEmpty() ? "" : problem.path() + ": ";
        return new Trouble("base", base.text().name() + where + ": " + path + problem.message());
    }

    /** Which cells have a problem, and what they alone have in common. */
    private static String in(List<Integer> indices, List<Request> requests) {
        if (indices.size() == requests.size()) {
            return " (in every cell)";
        }
        List<Choice> common = new ArrayList<>(requests.get(indices.get(0)).choices());
        indices.forEach(index -> common.retainAll(requests.get(index).choices()));
        Optional<String> arm = Optional.ofNullable(requests.get(indices.get(0)).arm())
                .filter(first -> indices.stream()
                        .allMatch(index -> first.equals(requests.get(index).arm())));
        String label = Stream.concat(
                        arm.map(name -> "arm " + name).stream(), common.stream().map(Choice::override))
                .collect(Collectors.joining(" "));
        return " (cell" + (indices.size() > 1 ? "s " : " ") + IndexRanges.of(indices)
                + (label.isEmpty() ? "" : ": " + label) + ")";
    }

    private static Map<String, String> settings(List<Choice> choices) {
        Map<String, String> settings = new LinkedHashMap<>();
        choices.stream()
                .filter(choice -> !choice.path().equals("seed"))
                .forEach(choice -> settings.put(choice.path(), choice.value()));
        return settings;
    }
}
