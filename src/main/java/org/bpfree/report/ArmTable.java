package org.bpfree.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bpfree.statistics.PairedDifference;
import org.bpfree.statistics.Summary;
import org.bpfree.study.Evidence;
import org.bpfree.study.Figure;
import org.bpfree.study.Study;

/** The arms of a study beside each other: accuracy with interval, difference to the reference, gain over the control, cost. */
public final class ArmTable {
    private static final double PERCENT = 100;

    private ArmTable() {}

    /**
     * An arm.
     *
     * @param name of the arm
     * @param settings that were chosen, as {@code path=value}
     * @param cells text by heading
     */
    public record Row(String name, String settings, Map<String, String> cells) {}

    /** The rows in the order of the study; all have the same headings. */
    public static List<Row> rows(Study study, Evidence evidence) {
        Optional<Evidence.Arm> reference = study.settings().reference().map(evidence::arm);
        Optional<Evidence.Arm> control = study.settings().control().map(evidence::arm);
        List<Row> rows = new ArrayList<>();
        for (Evidence.Arm arm : evidence.arms()) {
            Map<String, String> cells = new LinkedHashMap<>();
            Summary accuracy = arm.summary(Figure.TEST_ACCURACY);
            cells.put("test accuracy, %", accuracy.text(PERCENT, "%.2f"));
            cells.put("95 % interval", accuracy.interval().text(PERCENT, "%.2f"));
            reference.ifPresent(other -> {
                boolean itself = other.name().equals(arm.name());
                PairedDifference difference = Evidence.difference(arm, other, Figure.TEST_ACCURACY, true);
                cells.put(
                        "difference to " + other.name() + ", points",
                        itself ? "reference" : text(difference.summary()));
                cells.put("sign-flip p", itself ? "" : number(difference.signFlip(), "%.3f"));
                cells.put("effect size", itself ? "" : number(difference.effectSize(), "%+.2f"));
            });
            control.ifPresent(other -> cells.put(
                    "gain over " + other.name() + ", points",
                    other.name().equals(arm.name())
                            ? "control"
                            : text(Evidence.difference(arm, other, Figure.TEST_ACCURACY, true)
                                    .summary())));
            cells.put("angle, °", arm.summary(new Figure("update-angle")).text(1, "%.1f"));
            cells.put("ms an image", millis(arm));
            cells.put("seeds", seeds(arm, evidence));
            rows.add(new Row(arm.name(), arm.settings(), cells));
        }
        return rows;
    }

    private static String millis(Evidence.Arm arm) {
        return Summary.of(arm.values(new Figure("images-per-second"), true).values().stream()
                        .map(speed -> 1 / speed)
                        .toList())
                .text(1000, "%.3f");
    }

    private static String seeds(Evidence.Arm arm, Evidence evidence) {
        String diverged = arm.diverged().isEmpty() ? "" : ", " + arm.diverged().size() + " diverged";
        return arm.runs().size() + " of " + evidence.seeds().size() + diverged;
    }

    private static String text(Summary difference) {
        return difference.count() == 0
                ? "–"
                : String.format(Locale.ROOT, "%+.2f", PERCENT * difference.mean())
                        + (difference.count() < 2
                                ? ""
                                : " " + difference.interval().text(PERCENT, "%+.2f"));
    }

    private static String number(double value, String format) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
}
