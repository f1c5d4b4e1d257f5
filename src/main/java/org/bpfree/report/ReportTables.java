package org.bpfree.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bpfree.measure.ShallowFloor;
import org.bpfree.measure.Statistics;
import org.bpfree.measure.UpdateAngle;

/** The tables of a report that compare runs: results, means over seeds, differences of settings, environment. */
final class ReportTables {
    private static final String NONE = "–";

    private ReportTables() {}

    /**
     * A row.
     *
     * @param head its first cell
     * @param cells the others
     */
    record Row(String head, List<String> cells) {}

    /** The tables under the names the page uses. */
    static Map<String, Object> of(List<RunRecord> runs, List<String> labels) {
        Map<String, Object> tables = new LinkedHashMap<>();
        tables.put("labels", labels);
        tables.put("hasTwins", runs.stream().anyMatch(run -> run.folder().endsWith("twin")));
        ShallowFloor floor =
                new ShallowFloor(runs.stream().map(RunRecord::besideControl).toList());
        tables.put("results", results(runs, labels, floor));
        List<Row> means = means(runs, floor);
        tables.put("means", means);
        tables.put("hasMeans", !means.isEmpty());
        List<Row> differences = rows(runs, differing(runs));
        tables.put("differences", differences);
        tables.put("hasDifferences", !differences.isEmpty());
        tables.put("environment", environment(runs));
        return tables;
    }

    private static List<Row> results(List<RunRecord> runs, List<String> labels, ShallowFloor floor) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            RunRecord run = runs.get(i);
            JsonNode result = run.result();
            rows.add(new Row(
                    labels.get(i),
                    List.of(
                            run.setting("learner.type"),
                            run.setting("data.dataset"),
                            result.path("epochs").asText(NONE),
                            percent(result.path("testAccuracy")),
                            floor.gain(run.besideControl()).text(),
                            number("%.4f", result.path("testLoss")),
                            percent(result.path("validationAccuracy")),
                            percent(result.path("trainAccuracy")),
                            angle(result),
                            number("%.0f", result.path("imagesPerSecond")),
                            number("%,.0f", result.path("parameters")),
                            run.status())));
        }
        return rows;
    }

    private static List<Row> means(List<RunRecord> runs, ShallowFloor floor) {
        List<Row> rows = new ArrayList<>();
        for (SeedGroup group : SeedGroup.of(runs)) {
            Statistics accuracy = group.testAccuracy();
            if (accuracy.count() > 1) {
                RunRecord first = group.runs().get(0);
                rows.add(new Row(
                        first.name(),
                        List.of(
                                first.setting("learner.type"),
                                first.setting("data.dataset"),
                                String.valueOf(accuracy.count()),
                                accuracy.text(100, "%.2f"),
                                ShallowFloor.Gain.text(group.runs().stream()
                                        .map(RunRecord::besideControl)
                                        .filter(run -> run.testAccuracy().isPresent())
                                        .map(floor::gain)
                                        .toList()))));
            }
        }
        return rows;
    }

    private static Set<String> differing(List<RunRecord> runs) {
        Set<String> paths = new LinkedHashSet<>();
        runs.forEach(run -> paths.addAll(run.settings().keySet()));
        paths.removeIf(
                path -> runs.stream().map(run -> run.setting(path)).distinct().count() < 2);
        return paths;
    }

    private static List<Row> rows(List<RunRecord> runs, Set<String> paths) {
        return paths.stream()
                .map(path -> new Row(
                        path, runs.stream().map(run -> run.setting(path)).toList()))
                .toList();
    }

    private static List<Row> environment(List<RunRecord> runs) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", "bpfree");
        facts.put("commit", "commit");
        facts.put("uncommittedChanges", "uncommitted changes");
        facts.put("jvm", "Java");
        facts.put("system", "system");
        facts.put("processor", "processor");
        facts.put("backend", "backend");
        facts.put("threads", "threads");
        List<Row> rows = new ArrayList<>();
        facts.forEach((key, name) -> rows.add(new Row(
                name,
                runs.stream()
                        .map(run -> run.manifest().path("facts").path(key).asText(NONE))
                        .toList())));
        return rows;
    }

    private static String angle(JsonNode result) {
        JsonNode note = result.path("updateAngleNote");
        return note.isTextual() ? UpdateAngle.word(note.asText()) : number("%.1f", result.path("updateAngle"));
    }

    static String percent(JsonNode fraction) {
        return fraction.isNumber() ? String.format(Locale.ROOT, "%.2f", 100 * fraction.asDouble()) : NONE;
    }

    private static String number(String format, JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, format, value.asDouble()) : NONE;
    }
}
