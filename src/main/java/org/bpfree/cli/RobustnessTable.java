package org.bpfree.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bpfree.measure.robustness.RobustnessArm;

/** Accuracy on disturbed images as text: a row a disturbance, a column an arm, each with its error. */
final class RobustnessTable {
    private static final int NARROWEST = 14;

    private RobustnessTable() {}

    static void print(List<RobustnessArm> arms, PrintWriter out) {
        StringBuilder head =
                new StringBuilder(String.format(Locale.ROOT, "%-16s %-10s %-14s", "images", "gradient", "strength"));
        for (RobustnessArm arm : arms) {
            head.append(' ').append(cell(arm, arms.size() == 1 ? "accuracy, %" : arm.name()));
        }
        out.println(head);
        for (RobustnessArm.Row row : rows(arms)) {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%-16s %-10s %-14s",
                    row.kind().disturbance(),
                    row.kind().gradient(),
                    strength(row)));
            for (RobustnessArm arm : arms) {
                line.append(' ')
                        .append(cell(
                                arm,
                                arm.rows().stream()
                                        .filter(each -> each.isSame(row.kind()))
                                        .findFirst()
                                        .map(RobustnessTable::text)
                                        .orElse("–")));
            }
            out.println(line);
        }
        arms.stream()
                .map(arm -> arms.size() == 1
                        ? "±: " + arm.errorInWords()
                        : "± of " + arm.name() + ": " + arm.errorInWords())
                .forEach(out::println);
    }

    private static String strength(RobustnessArm.Row row) {
        return row.isClean()
                ? ""
                : String.format(
                        Locale.ROOT,
                        row.isAttack() ? "epsilon %.4f" : "severity %.0f",
                        row.kind().strength());
    }

    private static String text(RobustnessArm.Row row) {
        return String.format(Locale.ROOT, "%.2f ± %.2f", 100 * row.accuracy(), 100 * row.error());
    }

    private static String cell(RobustnessArm arm, String text) {
        int width = Math.max(NARROWEST, arm.name().length());
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    /** The disturbances of all arms; those that arms have in common once. */
    private static List<RobustnessArm.Row> rows(List<RobustnessArm> arms) {
        List<RobustnessArm.Row> rows = new ArrayList<>();
        arms.forEach(arm -> arm.rows().stream()
                .filter(each -> rows.stream().noneMatch(row -> row.isSame(each.kind())))
                .forEach(rows::add));
        return rows;
    }
}
