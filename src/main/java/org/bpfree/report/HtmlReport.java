package org.bpfree.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bpfree.files.Json;
import org.bpfree.run.RunRecord;

/**
 * One HTML file about a comparison: it needs no network, reads on a phone, in print, and on light and dark screens. The page is
 * {@code report.mustache}; its charts are SVG that {@code charts.js} draws with the scales, ticks and shapes of D3, which is inside the file.
 *
 * @param comparison what is shown
 * @param pictures of each run
 */
public record HtmlReport(Comparison comparison, Function<RunRecord, Pictures> pictures) {
    private static final String HERE = "/org/bpfree/report/";
    private static final int DOTS_FRAME = 70;
    private static final int DOTS_ROW = 24;
    private static final int LINES_HEIGHT = 300;

    /**
     * The page.
     *
     * @param version of bpfree, for the last line
     */
    public String page(String version) {
        List<ShownRun> all = ShownRun.of(comparison);
        List<ShownRun> runs = all.subList(0, Math.min(RunDetails.MOST_RUNS, all.size()));
        Map<String, String> shared = SettingTables.shared(comparison.runs());
        List<ChartGroup> groups = groups();
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("title", comparison.title());
        page.put("version", version);
        page.put("notes", notes());
        page.put("leaders", leaders());
        page.put("arms", ReportTables.arms(comparison));
        page.put("claims", comparison.claims().isEmpty() ? false : ReportTables.claims(comparison.claims()));
        List<Group> numbered = numbered(groups);
        page.put(
                "learners",
                numbered.stream().filter(group -> group.id.equals("learners")).toList());
        page.put(
                "groups",
                numbered.stream().filter(group -> !group.id.equals("learners")).toList());
        Table differences = SettingTables.differences(comparison);
        page.put("differences", differences.rows().isEmpty() ? false : differences);
        page.put("shared", SettingTables.of(shared));
        page.put("environment", SettingTables.environment(comparison.runs()));
        page.put("runTable", ReportTables.runs(runs));
        page.put("runs", heads(runs));
        page.put("runCount", runs.size());
        page.put("data", scriptSafe(Json.line(data(groups, runs, shared))));
        page.put("library", Resources.text("/META-INF/resources/webjars/d3/" + libraryVersion() + "/dist/d3.min.js"));
        page.put(
                "scripts",
                List.of(
                        Resources.text(HERE + "charts.js"),
                        Resources.text(HERE + "export.js"),
                        Resources.text(HERE + "page.js"),
                        Resources.text(HERE + "runs.js")));
        page.put("style", Resources.text(HERE + "report.css"));
        return Mustache.compiler()
                .emptyStringIsFalse(true)
                .withLoader(name -> new StringReader(Resources.text(HERE + name + ".mustache")))
                .compile(Resources.text(HERE + "report.mustache"))
                .execute(page);
    }

    private List<ChartGroup> groups() {
        LearnerCharts learners = new LearnerCharts(comparison);
        Curves curves = new Curves(comparison);
        List<ChartGroup> groups = new ArrayList<>(List.of(learners.accuracy()));
        groups.addAll(curves.all());
        groups.addAll(new LayerCharts(comparison, curves).groups());
        groups.add(curves.effort());
        groups.add(TuningCharts.of(comparison));
        groups.add(learners.cost());
        return ChartGroup.fitting(groups);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(comparison.notes());
        if (comparison.drawn().size() < comparison.arms().size()) {
            notes.add("Charts show the first " + comparison.drawn().size() + " of "
                    + comparison.arms().size() + " arms, reference and control among them; the table shows all.");
        }
        int runs = comparison.runs().size();
        if (runs > RunDetails.MOST_RUNS) {
            notes.add("Of " + runs + " runs the first " + RunDetails.MOST_RUNS + " are shown by themselves.");
        }
        comparison.tuning().stream()
                .filter(Tuning::atEdge)
                .map(tuning -> tuning.arm() + ": " + tuning.winner() + " lies at the edge of the values tried for "
                        + tuning.setting() + "; a better one may lie beyond.")
                .forEach(notes::add);
        return notes;
    }

    /** A sentence a task: who has the highest mean, and what is known of the others. */
    private List<String> leaders() {
        List<String> leaders = new ArrayList<>();
        for (String task : comparison.tasks()) {
            comparison.arms().stream()
                    .map(arm -> Standing.of(comparison, arm, task))
                    .filter(standing -> standing.accuracy().count() > 0)
                    .max(Comparator.comparingDouble(
                            standing -> standing.accuracy().mean()))
                    .ifPresent(best -> leaders.add(String.format(
                            Locale.ROOT,
                            "%s: %s has the highest mean test accuracy, %.2f %% %s over %d %s.",
                            task,
                            best.arm().label(),
                            100 * best.accuracy().mean(),
                            best.accuracy().interval().isKnown()
                                    ? best.accuracy().interval().text(100, "%.2f")
                                    : "",
                            best.accuracy().count(),
                            best.accuracy().count() == 1 ? "seed" : "seeds")));
        }
        return comparison.arms().size() < 2 ? List.of() : leaders;
    }

    private record Figure(int index, String title, String help, String text, int height) {}

    private record Group(String id, String title, String help, boolean folded, boolean small, List<Figure> figures) {}

    /** The groups with a number for each chart, by which scripts find its data. */
    private List<Group> numbered(List<ChartGroup> groups) {
        List<Group> numbered = new ArrayList<>();
        int index = 0;
        boolean tasks = comparison.tasks().size() > 1;
        for (ChartGroup group : groups) {
            List<Figure> figures = new ArrayList<>();
            for (Chart chart : group.charts()) {
                String title = chart.title() + (tasks && !chart.task().isEmpty() ? ": " + chart.task() : "");
                int height = chart.kind().equals(Chart.DOTS)
                        ? DOTS_FRAME + DOTS_ROW * chart.series().size()
                        : LINES_HEIGHT;
                figures.add(new Figure(index++, title, chart.help(), title, height));
            }
            numbered.add(new Group(
                    group.id(),
                    group.title(),
                    group.help(),
                    group.folded(),
                    group.folded() && figures.size() > 2,
                    figures));
        }
        return numbered;
    }

    private record Key(String label, String role, boolean drawn, Set<String> tasks) {}

    private Map<String, Object> data(List<ChartGroup> groups, List<ShownRun> runs, Map<String, String> shared) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(
                "arms",
                IntStream.range(0, comparison.arms().size())
                        .mapToObj(number -> key(number, comparison.arms().get(number)))
                        .toList());
        data.put(
                "charts",
                groups.stream().flatMap(group -> group.charts().stream()).toList());
        data.putAll(RunDetails.of(runs, shared, pictures));
        return data;
    }

    private Key key(int number, Arm arm) {
        return new Key(
                arm.label(),
                role(arm),
                comparison.drawn().contains(number),
                arm.runs().keySet());
    }

    private String role(Arm arm) {
        return comparison.reference().equals(Optional.of(arm.label()))
                ? "reference"
                : comparison.control().equals(Optional.of(arm.label())) ? "control" : "";
    }

    private record Head(int index, int arm, String label, String text, String figure) {}

    private static List<Head> heads(List<ShownRun> runs) {
        List<Head> heads = new ArrayList<>();
        for (ShownRun shown : runs) {
            OptionalDouble accuracy = shown.run().testAccuracy();
            heads.add(new Head(
                    heads.size(),
                    shown.arm(),
                    shown.label(),
                    shown.text(),
                    accuracy.isPresent()
                            ? String.format(Locale.ROOT, "%.2f %%", 100 * accuracy.getAsDouble())
                            : shown.run().status()));
        }
        return heads;
    }

    /** JSON that cannot end the script element it stands in. */
    private static String scriptSafe(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String libraryVersion() {
        Properties facts = new Properties();
        try (InputStream in =
                HtmlReport.class.getResourceAsStream("/META-INF/maven/org.webjars.npm/d3/pom.properties")) {
            facts.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return facts.getProperty("version");
    }
}
