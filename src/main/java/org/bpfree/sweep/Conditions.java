package org.bpfree.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the figures of a table were measured with, in one line, as the runs themselves tell it. */
final class Conditions {
    private static final int DATE = "2026-01-01".length();

    private final List<Results.Row> rows;

    private Conditions(Results results) {
        rows = results.rows().stream()
                .filter(row -> row.report().state() == CellState.DONE)
                .toList();
    }

    /** Epochs, images, seeds, version with commit, days and machine of the cells that are done. */
    static String of(Results results) {
        Conditions conditions = new Conditions(results);
        if (conditions.rows.isEmpty()) {
            return "No cell is done.";
        }
        return "Epochs: " + conditions.all(row -> row.figure("epochs"))
                + "; images: " + conditions.all(row -> row.figure("trainImages")) + " to learn, "
                + conditions.all(row -> row.figure("testImages")) + " to test; seeds: "
                + conditions.all(row -> String.valueOf(row.report().cell().seed()))
                + "; bpfree " + conditions.all(Conditions::version)
                + "; " + conditions.all(row -> head(row.manifest().at("/session/started")))
                + "; " + conditions.all(row -> fact(row, "processor"))
                + ", threads of a run: " + conditions.all(row -> fact(row, "threads")) + ".";
    }

    /** Every different text once, in order; what runs of an older version do not tell is a question mark. */
    private String all(Function<Results.Row, String> text) {
        return rows.stream()
                .map(text)
                .map(each -> each.isEmpty() ? "?" : each)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String version(Results.Row row) {
        boolean changed = row.manifest().at("/facts/uncommittedChanges").asBoolean();
        return row.version() + (changed ? " with uncommitted changes" : "");
    }

    private static String fact(Results.Row row, String name) {
        return row.manifest().path("facts").path(name).asText();
    }

    /** The day of a moment. */
    private static String head(JsonNode moment) {
        String text = moment.asText();
        return text.substring(0, Math.min(DATE, text.length()));
    }
}
