package org.bpfree.sweep;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfree.measure.FlatSettings;
import org.bpfree.measure.ShallowFloor;
import org.bpfree.run.Manifest;
import org.bpfree.run.RunFolder;
import org.bpfree.run.RunResult;
import org.bpfree.statistics.Summary;

/**
 * What the cells of a plan reached.
 *
 * @param sweep name of the sweep
 * @param paths the settings in which cells differ, apart from the seed
 * @param rows one a cell, in the order of the plan
 */
public record Results(String sweep, List<String> paths, List<Row> rows) {
    /**
     * A cell.
     *
     * @param report how it stands
     * @param result what it reached; nothing when it is not done
     * @param manifest where that comes from; nothing when it is not done, or not known
     * @param gain what it gains over the shallow control among the cells
     */
    public record Row(
            CellReport report, Optional<RunResult> result, Optional<Manifest> manifest, ShallowFloor.Gain gain) {
        /** The bpfree that ran it: version and commit, empty when not known. */
        String version() {
            return manifest.map(Manifest::facts)
                    .map(facts -> Stream.of(facts.version(), facts.commit())
                            .filter(Objects::nonNull)
                            .collect(Collectors.joining(" ")))
                    .orElse("");
        }

        /** A figure as text; NaN when it is undefined, as a note beside it tells, and empty when nobody measured it. */
        String figure(String name) {
            return result.map(RunResult::figures)
                    .map(figures -> figures.get(name))
                    .orElse("");
        }
    }

    /**
     * Cells that differ in the seed only.
     *
     * @param settings what they share
     * @param planned how many there are
     * @param diverged how many of them diverged
     * @param statistics of figures over those that are done
     * @param undefined how many of those that are done have a note in the place of a figure
     * @param gains of those that are done over the shallow control
     */
    public record Group(
            Map<String, String> settings,
            int planned,
            int diverged,
            Map<Figure, Summary> statistics,
            Map<Figure, Integer> undefined,
            List<ShallowFloor.Gain> gains) {
        /** Mean and deviation of a figure. */
        public Summary of(Figure figure) {
            return statistics.get(figure);
        }

        /** Mean and deviation of a figure as text; that it is undefined where it is so for a seed. */
        String text(Figure figure) {
            return figure.text(of(figure), undefined.get(figure));
        }

        /** Mean and deviation of the gain over the shallow control, as a fraction. */
        Summary gain() {
            return Summary.of(gains.stream()
                    .map(ShallowFloor.Gain::value)
                    .filter(OptionalDouble::isPresent)
                    .map(OptionalDouble::getAsDouble)
                    .toList());
        }

        /** How many seeds are done. */
        public int done() {
            return of(Figure.TEST_ACCURACY).count();
        }
    }

    /** Reads what is there; a cell without a result has a row without figures. */
    public static Results collect(Plan plan, SweepFolder folder) {
        Inspector inspector = new Inspector(folder);
        Set<String> paths = new LinkedHashSet<>();
        List<CellReport> reports = new ArrayList<>();
        List<Optional<RunResult>> found = new ArrayList<>();
        List<ShallowFloor.Run> runs = new ArrayList<>();
        for (PlannedCell cell : plan.cells()) {
            paths.addAll(cell.settings().keySet());
            CellReport report = inspector.inspect(cell);
            boolean done = report.state() == CellState.DONE;
            Optional<RunResult> result = done ? inspector.result(cell) : Optional.empty();
            reports.add(report);
            found.add(result);
            runs.add(new ShallowFloor.Run(FlatSettings.of(cell.configuration()), Figure.TEST_ACCURACY.of(result)));
        }
        ShallowFloor floor = new ShallowFloor(runs);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            CellReport report = reports.get(i);
            Optional<Manifest> manifest = report.state() == CellState.DONE
                    ? Manifest.read(new RunFolder(folder.run(report.cell())))
                    : Optional.empty();
            rows.add(new Row(report, found.get(i), manifest, floor.gain(runs.get(i))));
        }
        return new Results(plan.sweep(), List.copyOf(paths), List.copyOf(rows));
    }

    /** The groups, in the order of their first cells. */
    public List<Group> groups() {
        Map<Map<String, String>, List<Row>> bySettings = new LinkedHashMap<>();
        rows.forEach(row -> bySettings
                .computeIfAbsent(row.report().cell().settings(), each -> new ArrayList<>())
                .add(row));
        List<Group> groups = new ArrayList<>();
        bySettings.forEach((settings, members) -> {
            Map<Figure, Summary> statistics = new EnumMap<>(Figure.class);
            Map<Figure, Integer> undefined = new EnumMap<>(Figure.class);
            for (Figure figure : Figure.values()) {
                int notes = (int) members.stream()
                        .filter(row -> figure.note(row.result()).isPresent())
                        .count();
                undefined.put(figure, notes);
                // The mean of the other seeds would look like that of all.
                statistics.put(figure, notes == 0 ? statistics(members, figure) : Summary.of(List.of()));
            }
            List<ShallowFloor.Gain> gains = members.stream()
                    .filter(row -> row.report().state() == CellState.DONE)
                    .map(Row::gain)
                    .toList();
            int diverged = (int) members.stream()
                    .filter(row -> row.report().state() == CellState.DIVERGED)
                    .count();
            groups.add(new Group(settings, members.size(), diverged, statistics, undefined, gains));
        });
        return groups;
    }

    private static Summary statistics(List<Row> rows, Figure figure) {
        return Summary.of(rows.stream()
                .map(row -> figure.of(row.result()))
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .toList());
    }

    /** What a reader of the table should know, one line each. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        long open = rows.stream()
                .filter(row -> row.report().state() != CellState.DONE)
                .count();
        if (open > 0) {
            warnings.add(open + " of " + rows.size() + " cells are not done; their rows have no figures");
        }
        List<String> versions = rows.stream()
                .map(Row::version)
                .filter(version -> !version.isEmpty())
                .distinct()
                .toList();
        if (versions.size() > 1) {
            warnings.add("cells were run by different versions of bpfree: " + String.join(", ", versions));
        }
        List<Integer> incomplete = rows.stream()
                .filter(row -> row.report().state() == CellState.DONE
                        && Figure.TEST_ACCURACY.of(row.result()).isEmpty())
                .map(row -> row.report().cell().index())
                .toList();
        if (!incomplete.isEmpty()) {
            warnings.add("no test accuracy in the results of cells " + IndexRanges.of(incomplete)
                    + ", which an older version of bpfree may have written");
        }
        return warnings;
    }
}
