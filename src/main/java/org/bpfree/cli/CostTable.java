package org.bpfree.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.bpfree.cli.console.CountedProgress;
import org.bpfree.cli.console.Notes;
import org.bpfree.files.Json;
import org.bpfree.measure.CostCurves;
import org.bpfree.measure.StepCost;
import org.bpfree.report.figure.ChartAxis;
import org.bpfree.report.figure.ChartFigure;
import org.bpfree.report.figure.ChartPanel;
import org.bpfree.report.figure.FigureFormat;

/** Prints what a step costs over the values of a setting as soon as it is known: as a table, or a line of JSON each. */
final class CostTable implements CostCurves.Listener {
    private static final String ROW = "%-16s %-18s %11s %13s%n";

    private final String path;
    private final PrintWriter out;
    private final Notes notes;
    private final CountedProgress progress;
    private final Function<CostCurves.Cost, Map<String, Object>> figures;
    private final boolean json;
    private boolean begun;

    /**
     * A table without rows.
     *
     * @param measurements that will be taken
     * @param figures of a point, as JSON shows them
     */
    CostTable(
            String path,
            int measurements,
            Function<CostCurves.Cost, Map<String, Object>> figures,
            PrintWriter out,
            boolean json,
            Notes notes) {
        this.path = path;
        this.out = out;
        this.notes = notes;
        this.figures = figures;
        this.json = json;
        progress = new CountedProgress(measurements, 0, System::nanoTime);
    }

    @Override
    public void measured(CostCurves.Point point, StepCost cost) {
        notes.say(progress.ended(point.learner() + " " + VariedSetting.label(point.value())
                + String.format(Locale.ROOT, ", %.0f images/s", cost.step().imagesPerSecond())));
    }

    @Override
    public void known(CostCurves.Cost cost) {
        if (json) {
            Map<String, Object> all = figures.apply(cost);
            all.put("varied", path);
            all.put("value", cost.point().value());
            out.println(Json.line(all));
        } else {
            if (!begun) {
                out.printf(Locale.ROOT, ROW, "learner", path, "ms/step", "images/s");
                begun = true;
            }
            out.printf(
                    Locale.ROOT,
                    ROW,
                    cost.point().learner(),
                    VariedSetting.label(cost.point().value()),
                    String.format(Locale.ROOT, "%.2f", cost.step().step().stepMillis()),
                    String.format(Locale.ROOT, "%.0f", cost.step().step().imagesPerSecond()));
        }
        out.flush();
    }

    /** Replaces a file by a figure of the curves, of the kind that its ending says. */
    static void draw(Path file, VariedSetting varied, Map<String, List<CostCurves.Cost>> curves) {
        List<ChartFigure.Entry> legend = new ArrayList<>();
        List<ChartPanel.Line> lines = new ArrayList<>();
        curves.forEach((learner, curve) -> {
            lines.add(ChartPanel.Line.of(lines.size(), values(curve), millis(curve)));
            legend.add(new ChartFigure.Entry(learner, learner));
        });
        List<CostCurves.Cost> all =
                curves.values().stream().flatMap(List::stream).toList();
        ChartPanel panel = new ChartPanel(
                "",
                ChartAxis.ofValues(varied.path(), values(all)),
                ChartAxis.fromZero("milliseconds an image", millis(all)),
                lines,
                List.of());
        String title = "Cost of a training step: "
                + varied.experiments().get(varied.points().get(0)).name();
        FigureFormat.of(file).write(file, new ChartFigure(title, "", legend, List.of(panel)));
    }

    private static double[] values(List<CostCurves.Cost> costs) {
        return costs.stream().mapToDouble(cost -> cost.point().value()).toArray();
    }

    private static double[] millis(List<CostCurves.Cost> costs) {
        return costs.stream().mapToDouble(CostCurves.Cost::imageMillis).toArray();
    }
}
