package org.bpfree.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bpfree.measure.ShallowFloor;

/** Results for people: a table of the groups, then a table of the cells. */
final class MarkdownResults {
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
        printer.means();
        printer.out.append('\n');
        printer.cells();
        return printer.out.toString();
    }

    /** The table of the groups alone, with what it was measured with. */
    static String means(Results results) {
        MarkdownResults printer = new MarkdownResults(results);
        printer.means();
        return printer.out.toString();
    }

    private void means() {
        groups();
        out.append(
                        "\nMean ± sample standard deviation over the seeds that are done; angles are means over the weights of all layers,"
                                + " and undefined where one layer has none. The gain is in points of test accuracy over the learner shallow,"
                                + " the floor of every comparison, on the same data, network, seed and number of epochs.\n")
                .append(Conditions.of(results))
                .append('\n');
    }

    private void groups() {
        List<String> titles = titles();
        titles.add("seeds done");
        head(List.of(), titles, Collections.nCopies(titles.size(), RIGHT));
        for (Results.Group group : results.groups()) {
            List<String> line = settings(group.settings());
            for (Figure figure : Figure.values()) {
                line.add(group.text(figure));
            }
            line.add(1 + results.paths().size(), ShallowFloor.Gain.text(group.gains()));
            line.add(group.done() + " of " + group.planned()
                    + (group.diverged() == 0 ? "" : ", " + group.diverged() + " diverged"));
            line(line);
        }
    }

    private void cells() {
        List<String> titles = titles();
        List<String> sides = new ArrayList<>(Collections.nCopies(titles.size(), RIGHT));
        titles.addAll(0, List.of("seed", "state"));
        sides.addAll(0, List.of(RIGHT, LEFT));
        head(List.of("cell"), titles, sides);
        for (Results.Row row : results.rows()) {
            PlannedCell cell = row.report().cell();
            String reason = row.report().reason();
            List<String> line = settings(cell.settings());
            line.add(0, String.valueOf(cell.index()));
            line.add(String.valueOf(cell.seed()));
            line.add(row.report().state() + (reason.isEmpty() ? "" : ": " + reason));
            for (Figure figure : Figure.values()) {
                line.add(figure.text(row.result()));
            }
            boolean done = row.report().state() == CellState.DONE;
            line.add(4 + results.paths().size(), done ? row.gain().text() : "–");
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

    private static List<String> titles() {
        List<String> titles = new ArrayList<>(
                Arrays.stream(Figure.values()).map(Figure::title).toList());
        titles.add(1, "gain over shallow, points"); // beside the accuracy
        return titles;
    }

    private void line(List<String> cells) {
        out.append('|');
        cells.forEach(cell -> out.append(' ')
                .append(cell.replace("|", "\\|").replace('\n', ' '))
                .append(" |"));
        out.append('\n');
    }
}
