package org.bpfree.sweep;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bpfree.run.Manifest;

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
                + "; " + conditions.all(row -> day(row.manifest().map(Manifest::session)))
                + "; " + conditions.all(row -> fact(row, Manifest.Facts::processor))
                + ", threads of a run: " + conditions.all(row -> fact(row, Manifest.Facts::threads)) + ".";
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
        boolean changed = fact(row, Manifest.Facts::uncommittedChanges).equals("true");
        return row.version() + (changed ? " with uncommitted changes" : "");
    }

    private static String fact(Results.Row row, Function<Manifest.Facts, Object> fact) {
        return row.manifest()
                .map(Manifest::facts)
                .map(fact)
                .map(Object::toString)
                .orElse("");
    }

    /** The day on which a session began. */
    private static String day(Optional<Manifest.SessionFacts> session) {
        String text = session.map(Manifest.SessionFacts::started).orElse("");
        return text.substring(0, Math.min(DATE, text.length()));
    }
}
