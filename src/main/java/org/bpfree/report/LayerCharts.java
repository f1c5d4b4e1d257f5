package org.bpfree.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bpfree.run.RunRecord;

/** Charts of figures named {@code GROUP/LAYER.../FIGURE}: over the layers at the last measurement, and over epochs in one chart a layer. */
final class LayerCharts {
    private static final String BIAS = "/bias/";
    private static final String FIRST = "updateAngle";

    private final Comparison comparison;
    private final Curves curves;
    private final Map<String, Map<String, String>> figures = new LinkedHashMap<>(); // figure -> layer -> name

    LayerCharts(Comparison comparison, Curves curves) {
        this.comparison = comparison;
        this.curves = curves;
        Set<String> names = new LinkedHashSet<>();
        comparison.drawnRuns().stream().filter(LayerCharts::isShown).forEach(run -> names.addAll(RunCurve.names(run)));
        figures.put(FIRST, new LinkedHashMap<>());
        for (String name : names) {
            int first = name.indexOf('/');
            int last = name.lastIndexOf('/');
            if (first != last && !name.contains(BIAS)) {
                String layer = name.substring(first + 1, last).replace("/weights", "");
                figures.computeIfAbsent(name.substring(last + 1), key -> new LinkedHashMap<>())
                        .put(layer, name);
            }
        }
    }

    /** Backpropagation is as it is: its angles to itself say nothing. */
    private static boolean isShown(RunRecord run) {
        return !run.setting("learner.type").equals("backprop");
    }

    /** A group a figure; that of the angle of the update comes first and lies open, but for what is over epochs. */
    List<ChartGroup> groups() {
        List<ChartGroup> groups = new ArrayList<>();
        figures.forEach((figure, layers) -> {
            String title = FigureNames.title(figure);
            String help = FigureNames.help(figure);
            List<Chart> overLayers = overLayers(figure, layers);
            List<Chart> overEpochs = overEpochs(figure, layers);
            if (figure.equals(FIRST)) {
                groups.add(new ChartGroup(figure, title, help, false, overLayers));
                groups.add(new ChartGroup(figure + "-epochs", title + ", over epochs", help, true, overEpochs));
            } else {
                List<Chart> all = new ArrayList<>(overLayers);
                all.addAll(overEpochs);
                groups.add(new ChartGroup(figure, title, help, true, all));
            }
        });
        return groups;
    }

    private List<Chart> overLayers(String figure, Map<String, String> layers) {
        List<Chart> charts = new ArrayList<>();
        for (String task : comparison.tasks()) {
            List<Map.Entry<String, String>> here = layers.entrySet().stream()
                    .filter(layer -> comparison.arms().stream()
                            .flatMap(arm -> arm.at(task).stream())
                            .anyMatch(run -> RunCurve.names(run).contains(layer.getValue())))
                    .toList();
            List<Chart.Series> series = new ArrayList<>();
            for (int arm : comparison.drawn()) {
                List<Double[]> points = new ArrayList<>();
                for (int layer = 0; layer < here.size(); layer++) {
                    points.add(MeanCurve.point(
                            layer,
                            lastOf(
                                    comparison.arms().get(arm),
                                    task,
                                    here.get(layer).getValue(),
                                    figure)));
                }
                if (points.stream().anyMatch(point -> point[1] != null)) {
                    series.add(new Chart.Series(arm, points, null));
                }
            }
            charts.add(new Chart(
                    Chart.LINES,
                    task,
                    FigureNames.title(figure) + ", layer by layer",
                    "At the last measurement, from the first layer to the last. Line: mean over seeds; band: from the lowest to the "
                            + "highest seed; a gap where it is undefined for a seed.",
                    Chart.Axis.of(here.stream().map(Map.Entry::getKey).toList(), "layer"),
                    axis(figure),
                    series,
                    marks(figure)));
        }
        return sameEnds(figure, charts, false);
    }

    private static List<Double> lastOf(Arm arm, String task, String name, String figure) {
        List<Double> values = new ArrayList<>();
        for (RunRecord run : arm.seeds(task).values()) {
            List<RunCurve.Point> points =
                    isShown(run) ? RunCurve.of(run, name, FigureNames.scale(figure), RunCurve.Over.EPOCHS) : List.of();
            if (!points.isEmpty()) {
                values.add(points.get(points.size() - 1).y());
            }
        }
        return values;
    }

    private List<Chart> overEpochs(String figure, Map<String, String> layers) {
        List<Chart> charts = new ArrayList<>();
        for (String task : comparison.tasks()) {
            layers.forEach((layer, name) -> charts.add(new Chart(
                    Chart.LINES,
                    task,
                    layer + ": " + FigureNames.title(figure).toLowerCase(Locale.ROOT),
                    FigureNames.title(figure) + " in the layer " + layer
                            + ". Line: mean over seeds; band: lowest to highest seed.",
                    Curves.axis(RunCurve.Over.EPOCHS),
                    axis(figure),
                    curves.series(task, name, FigureNames.scale(figure), RunCurve.Over.EPOCHS, LayerCharts::isShown),
                    marks(figure))));
        }
        return sameEnds(figure, charts, true);
    }

    private static Chart.Axis axis(String figure) {
        String unit = FigureNames.unit(figure);
        return Chart.Axis.linear(unit.isEmpty() ? figure : unit, 0.0, null);
    }

    private static List<Chart.Mark> marks(String figure) {
        return FigureNames.isAngle(figure) ? List.of(new Chart.Mark("90°: unrelated", 90, "chance")) : List.of();
    }

    private static List<Chart> sameEnds(String figure, List<Chart> charts, boolean overEpochs) {
        Double end = FigureNames.isAngle(figure) ? endOfAngles(charts) : null;
        List<Chart> alike = Curves.sameAxes(charts, end);
        return overEpochs
                ? alike
                : alike.stream()
                        .map(chart -> chart.within(
                                chart.x().categories().size() - 1, chart.y().max()))
                        .toList();
    }

    /** Angles have one of few axes, so that charts of different reports look alike. */
    private static double endOfAngles(List<Chart> charts) {
        double largest = charts.stream()
                .flatMap(chart -> chart.series().stream())
                .flatMap(each -> each.points().stream())
                .filter(point -> point[1] != null)
                .mapToDouble(point -> point.length > 3 ? point[3] : point[1])
                .max()
                .orElse(0);
        return new TreeSet<>(List.of(90.0, 120.0, 180.0)).ceiling(Math.min(180, largest));
    }
}
