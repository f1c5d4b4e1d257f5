package org.bpfree.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.bpfree.measure.robustness.Corruption;
import org.bpfree.measure.robustness.RobustnessArm;
import org.bpfree.report.figure.ChartAxis;
import org.bpfree.report.figure.ChartFigure;
import org.bpfree.report.figure.ChartPanel;

/**
 * Figures of accuracy over the strength of disturbances. One arm: a line a disturbance; several: a panel a disturbance, a line an arm.
 *
 * @param subject what was tested, such as the run, or the dataset where there are several
 * @param arms at least one
 * @param images how many were disturbed
 * @param classes of the dataset
 */
public record RobustnessFigures(String subject, List<RobustnessArm> arms, int images, int classes) {
    private static final double PERCENT = 100;

    /** Accuracy on attacked images; nothing when there were no attacks. */
    public Optional<ChartFigure> attacks() {
        double strongest = rows().filter(RobustnessArm.Row::isAttack)
                .mapToDouble(row -> row.kind().strength())
                .max()
                .orElse(1);
        return figure(
                "attacked test images",
                ChartAxis.of("largest change of a pixel (epsilon; black 0, white 1)", 0, strongest),
                RobustnessArm.Row::isAttack);
    }

    /** Accuracy on corrupted images. */
    public Optional<ChartFigure> corruptions() {
        List<Double> ticks = DoubleStream.iterate(0, each -> each <= Corruption.SEVERITIES, each -> each + 1)
                .boxed()
                .toList();
        return figure(
                "corrupted test images",
                new ChartAxis("severity (0: clean)", 0, Corruption.SEVERITIES, false, ticks),
                row -> !row.isAttack() && !row.isClean());
    }

    private Stream<RobustnessArm.Row> rows() {
        return arms.stream().flatMap(arm -> arm.rows().stream());
    }

    private Optional<ChartFigure> figure(String what, ChartAxis x, Predicate<RobustnessArm.Row> shown) {
        List<String> families =
                rows().filter(shown).map(RobustnessArm.Row::family).distinct().toList();
        if (families.isEmpty()) {
            return Optional.empty();
        }
        ChartAxis y = ChartAxis.fromZero(
                "accuracy, %",
                rows().mapToDouble(row -> PERCENT * Math.min(1, row.accuracy() + row.error()))
                        .toArray());
        List<ChartPanel.Mark> chance = List.of(new ChartPanel.Mark("chance", PERCENT / classes));
        List<ChartFigure.Entry> legend;
        List<ChartPanel> panels = new ArrayList<>();
        if (arms.size() == 1) {
            legend = families.stream()
                    .map(family -> new ChartFigure.Entry(family, ""))
                    .toList();
            List<ChartPanel.Line> lines = families.stream()
                    .map(family -> line(families.indexOf(family), arms.get(0), family))
                    .toList();
            panels.add(new ChartPanel("", x, y, lines, chance));
        } else {
            legend = arms.stream()
                    .map(arm -> new ChartFigure.Entry(arm.name(), arm.learner()))
                    .toList();
            for (String family : families) {
                List<ChartPanel.Line> lines = arms.stream()
                        .filter(arm ->
                                arm.rows().stream().anyMatch(row -> row.family().equals(family)))
                        .map(arm -> line(arms.indexOf(arm), arm, family))
                        .toList();
                panels.add(new ChartPanel(family, x, y, lines, chance));
            }
        }
        return Optional.of(new ChartFigure(subject + ": " + what, note(), legend, panels));
    }

    /** From the images as they are to the strongest disturbance. */
    private static ChartPanel.Line line(int entry, RobustnessArm arm, String family) {
        List<RobustnessArm.Row> rows = arm.rows().stream()
                .filter(row -> row.isClean() || row.family().equals(family))
                .toList();
        return new ChartPanel.Line(
                entry,
                rows.stream().mapToDouble(row -> row.kind().strength()).toArray(),
                rows.stream().mapToDouble(row -> PERCENT * row.accuracy()).toArray(),
                rows.stream().mapToDouble(row -> PERCENT * row.error()).toArray());
    }

    private String note() {
        String errors = arms.stream()
                .map(RobustnessArm::errorInWords)
                .distinct()
                .map(words -> words
                        + (arms.stream()
                                                .map(RobustnessArm::errorInWords)
                                                .distinct()
                                                .count()
                                        > 1
                                ? " ("
                                        + arms.stream()
                                                .filter(arm ->
                                                        arm.errorInWords().equals(words))
                                                .map(RobustnessArm::name)
                                                .collect(Collectors.joining("; "))
                                        + ")"
                                : ""))
                .collect(Collectors.joining(", "));
        return "The first " + images + " test images. Error bars: " + errors + ".";
    }
}
