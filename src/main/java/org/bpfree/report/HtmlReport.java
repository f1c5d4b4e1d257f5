package org.bpfree.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.bpfree.failure.Failure;
import org.bpfree.files.Json;
import org.bpfree.run.RunFolder;
import org.bpfree.run.RunRecord;

/**
 * One HTML file about any number of runs: it needs no network, reads on a phone, in print, and on light and dark screens. The page is
 * {@code report.mustache}; the charts are drawn by Chart.js, which is inside the file.
 */
public final class HtmlReport {
    private final List<RunRecord> runs = new ArrayList<>();
    private final List<Pictures> pictures = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Makes the pictures of a run. */
    @FunctionalInterface
    public interface Painter {
        /** The pictures of the run in a folder. */
        Pictures paint(RunFolder run);
    }

    /**
     * Adds a run. One whose files are damaged is named among the warnings instead.
     *
     * @param painter makes its pictures; its failures are passed on
     */
    public void add(RunFolder folder, Painter painter) {
        RunRecord run;
        try {
            run = RunRecord.read(folder);
        } catch (Failure damaged) {
            warnings.add("Left out " + folder.path() + ": " + damaged.getMessage());
            return;
        }
        pictures.add(painter.paint(folder));
        runs.add(run);
    }

    /** What a reader has to know before comparing, one sentence each. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        differing("data.dataset", "datasets", all);
        if (all.size() == warnings.size()) {
            differing("data.trainLimit", "numbers of training images (data.trainLimit)", all);
            differing("data.testLimit", "numbers of test images (data.testLimit)", all);
        }
        runs.stream()
                .filter(run -> run.result().isEmpty())
                .forEach(run ->
                        all.add(run.folder() + " is not finished (" + run.status() + "): it has no test accuracy."));
        return all;
    }

    private void differing(String path, String what, List<String> into) {
        List<String> values =
                runs.stream().map(run -> run.setting(path)).distinct().toList();
        if (values.size() > 1) {
            into.add("The runs use different " + what + " (" + String.join(", ", values)
                    + "): their accuracies cannot be compared across these.");
        }
    }

    /** Number of runs that are shown. */
    public int size() {
        return runs.size();
    }

    /**
     * The page.
     *
     * @param version of bpfree, for the last line
     */
    public String page(String version) {
        List<String> labels = RunLabels.of(runs);
        List<Chart> charts = Curves.of(runs, labels);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("title", runs.size() == 1 ? runs.get(0).name() : runs.size() + " runs");
        page.put("version", version);
        page.put("warnings", warnings());
        page.putAll(ReportTables.of(runs, labels));
        page.put("charts", charts);
        page.put("hasCharts", !charts.isEmpty());
        page.put("details", RunDetails.of(runs, labels, pictures));
        page.put("chartData", scriptSafe(json(charts)));
        page.put(
                "chartLibrary",
                resource("/META-INF/resources/webjars/chart.js/" + chartVersion() + "/dist/chart.umd.min.js"));
        page.put("script", resource("/org/bpfree/report/report.js"));
        page.put("style", resource("/org/bpfree/report/report.css"));
        return Mustache.compiler()
                .emptyStringIsFalse(true)
                .compile(resource("/org/bpfree/report/report.mustache"))
                .execute(page);
    }

    private static String json(Object data) {
        return Json.line(data);
    }

    /** JSON that cannot end the script element it stands in. */
    private static String scriptSafe(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String chartVersion() {
        Properties facts = new Properties();
        try (InputStream in =
                HtmlReport.class.getResourceAsStream("/META-INF/maven/org.webjars.npm/chart.js/pom.properties")) {
            facts.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return facts.getProperty("version");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
