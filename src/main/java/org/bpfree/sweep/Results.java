package org.bpfree.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.failure.Failure;
import org.bpfree.measure.Statistics;
import org.bpfree.train.RunFolder;

/**
 * What the cells of a plan reached.
 *
 * @param sweep name of the sweep
 * @param paths the settings in which cells differ, apart from the seed
 * @param rows one a cell, in the order of the plan
 */
public record Results(String sweep, List<String> paths, List<Row> rows) {
    /** The figures of {@code result.json} that are collected, in the order of the columns. */
    static final List<String> FIGURES = List.of(
            "epochs",
            "stopReason",
            "trainLoss",
            "trainAccuracy",
            "validationLoss",
            "validationAccuracy",
            "bestEpoch",
            "testLoss",
            "testAccuracy",
            "imagesPerSecond",
            "seconds",
            "parameters",
            "feedbackParameters");

    /**
     * A cell.
     *
     * @param report how it stands
     * @param result its {@code result.json}; a missing node when it is not done
     * @param version the bpfree that ran it: version and commit, empty when not known
     */
    public record Row(CellReport report, JsonNode result, String version) {
        /** A figure as text; empty when the cell has none. */
        String figure(String name) {
            JsonNode value = result.path(name);
            return value.isValueNode() && !value.isNull() ? value.asText() : "";
        }
    }

    /**
     * Cells that differ in the seed only.
     *
     * @param settings what they share
     * @param planned how many there are
     * @param testAccuracy over those that are done
     * @param testLoss likewise
     */
    public record Group(Map<String, String> settings, int planned, Statistics testAccuracy, Statistics testLoss) {}

    /** Reads what is there; a cell without a result has a row without figures. */
    public static Results collect(Plan plan, SweepFolder folder) {
        Inspector inspector = new Inspector(folder);
        Set<String> paths = new LinkedHashSet<>();
        List<Row> rows = new ArrayList<>();
        for (PlannedCell cell : plan.cells()) {
            paths.addAll(cell.settings().keySet());
            CellReport report = inspector.inspect(cell);
            boolean done = report.state() == CellState.DONE;
            JsonNode result =
                    done ? inspector.result(cell).orElse(MissingNode.getInstance()) : MissingNode.getInstance();
            rows.add(new Row(report, result, done ? version(folder, cell) : ""));
        }
        return new Results(plan.sweep(), List.copyOf(paths), List.copyOf(rows));
    }

    private static String version(SweepFolder folder, PlannedCell cell) {
        try {
            JsonNode facts =
                    new RunFolder(folder.run(cell)).json("manifest.json").path("facts");
            return (facts.path("version").asText() + " " + facts.path("commit").asText()).strip();
        } catch (Failure damaged) {
            return "";
        }
    }

    /** The groups, in the order of their first cells. */
    public List<Group> groups() {
        Map<Map<String, String>, List<Row>> bySettings = new LinkedHashMap<>();
        rows.forEach(row -> bySettings
                .computeIfAbsent(row.report().cell().settings(), each -> new ArrayList<>())
                .add(row));
        List<Group> groups = new ArrayList<>();
        bySettings.forEach((settings, members) -> groups.add(new Group(
                settings, members.size(), statistics(members, "testAccuracy"), statistics(members, "testLoss"))));
        return groups;
    }

    private static Statistics statistics(List<Row> rows, String figure) {
        return Statistics.of(rows.stream()
                .map(row -> row.result().path(figure))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asDouble)
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
                        && !row.result().path("testAccuracy").isNumber())
                .map(row -> row.report().cell().index())
                .toList();
        if (!incomplete.isEmpty()) {
            warnings.add("no test accuracy in the results of cells " + IndexRanges.of(incomplete)
                    + ", which an older version of bpfree may have written");
        }
        return warnings;
    }
}
