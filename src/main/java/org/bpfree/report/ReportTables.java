package org.bpfree.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bpfree.measure.ShallowFloor;
import org.bpfree.measure.UpdateAngle;
import org.bpfree.run.Manifest;
import org.bpfree.run.RunRecord;
import org.bpfree.run.RunResult;
import org.bpfree.statistics.Summary;

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
            Optional<RunResult> result = run.result();
            rows.add(new Row(
                    labels.get(i),
                    List.of(
                            run.setting("learner.type"),
                            run.setting("data.dataset"),
                            text("%d", result.map(RunResult::epochs)),
                            percent(result.map(reached -> reached.test().accuracy())),
                            floor.gain(run.besideControl()).text(),
                            text("%.4f", result.map(reached -> reached.test().loss())),
                            percent(result.map(reached -> reached.validation().accuracy())),
                            percent(result.map(reached -> reached.train().accuracy())),
                            angle(result.map(RunResult::updateAngle)),
                            text("%.0f", result.map(reached -> reached.cost().imagesPerSecond())),
                            text("%,d", result.map(reached -> reached.size().parameters())),
                            run.status())));
        }
        return rows;
    }

    private static List<Row> means(List<RunRecord> runs, ShallowFloor floor) {
        List<Row> rows = new ArrayList<>();
        for (SeedGroup group : SeedGroup.of(runs)) {
            Summary accuracy = group.testAccuracy();
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
        Map<String, Function<Manifest.Facts, Object>> facts = new LinkedHashMap<>();
        facts.put("bpfree", Manifest.Facts::version);
        facts.put("commit", Manifest.Facts::commit);
        facts.put("uncommitted changes", Manifest.Facts::uncommittedChanges);
        facts.put("Java", Manifest.Facts::jvm);
        facts.put("system", Manifest.Facts::system);
        facts.put("processor", Manifest.Facts::processor);
        facts.put("backend", Manifest.Facts::backend);
        facts.put("threads", Manifest.Facts::threads);
        List<Row> rows = new ArrayList<>();
        facts.forEach((name, fact) -> rows.add(new Row(
                name,
                runs.stream()
                        .map(run ->
                                text("%s", run.manifest().map(Manifest::facts).map(fact)))
                        .toList())));
        return rows;
    }

    private static String angle(Optional<UpdateAngle> angle) {
        Optional<String> note = angle.map(UpdateAngle::note);
        return note.isPresent() ? UpdateAngle.word(note.get()) : text("%.1f", angle.map(UpdateAngle::degrees));
    }

    private static String percent(Optional<Double> fraction) {
        return text("%.2f", fraction.map(part -> 100 * part));
    }

    private static String text(String format, Optional<?> value) {
        return value.map(known -> String.format(Locale.ROOT, format, known)).orElse(NONE);
    }
}
