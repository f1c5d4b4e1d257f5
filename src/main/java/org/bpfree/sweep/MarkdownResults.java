package org.bpfree.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results for people: a table of the groups, then a table of the cells. */
final class MarkdownResults {
    private static final double PERCENT = 100;
    private static final String RIGHT = "---:";
    private static final String LEFT = "---";

    private final Results results;
    private final StringBuilder out = new StringBuilder();

    private MarkdownResults(Results results) {
        this.results = results;
    }

    static String print(Results results) {
        MarkdownResults printer = new MarkdownResults(results);
        printer.out.append("# Sweep ").append(results.sweep()).append("\n\n");
        printer.groups();
        printer.out.append("\nMean ± sample standard deviation over the seeds that are done.\n\n");
        printer.cells();
        return printer.out.toString();
    }

    private void groups() {
        head(List.of(), List.of("test accuracy, %", "test loss", "seeds done"), List.of(RIGHT, RIGHT, RIGHT));
        for (Results.Group group : results.groups()) {
            List<String> line = settings(group.settings());
            line.add(group.testAccuracy().text(PERCENT, "%.2f"));
            line.add(group.testLoss().text(1, "%.4f"));
            line.add(group.testAccuracy().count() + " of " + group.planned());
            line(line);
        }
    }

    private void cells() {
        head(
                List.of("cell"),
                List.of("seed", "state", "test accuracy, %", "test loss"),
                List.of(RIGHT, LEFT, RIGHT, RIGHT));
        for (Results.Row row : results.rows()) {
            PlannedCell cell = row.report().cell();
            String reason = row.report().reason();
            List<String> line = settings(cell.settings());
            line.add(0, String.valueOf(cell.index()));
            line.add(String.valueOf(cell.seed()));
            line.add(row.report().state() + (reason.isEmpty() ? "" : ": " + reason));
            line.add(figure(row, "testAccuracy", PERCENT, "%.2f"));
            line.add(figure(row, "testLoss", 1, "%.4f"));
            line(line);
        }
    }

    private void head(List<String> before, List<String> after, List<String> sides) {
        List<String> names = new ArrayList<>(before);
        names.addAll(results.paths());
        names.addAll(after);
        line(names);
        List<String> rule = new ArrayList<>();
        before.forEach(name -> rule.add(RIGHT));
        results.paths().forEach(path -> rule.add(LEFT));
        rule.addAll(sides);
        line(rule);
    }

    private List<String> settings(Map<String, String> settings) {
        List<String> values = new ArrayList<>();
        results.paths().forEach(path -> values.add(settings.getOrDefault(path, "")));
        return values;
    }

    private static String figure(Results.Row row, String name, double unit, String format) {
        return row.result().path(name).isNumber()
                ? String.format(
                        Locale.ROOT, format, unit * row.result().path(name).asDouble())
                : "–";
    }

    private void line(List<String> cells) {
        out.append('|');
        cells.forEach(cell -> out.append(' ')
                .append(cell.replace("|", "\\|").replace('\n', ' '))
                .append(" |"));
        out.append('\n');
    }
}
