package org.bpfree.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bpfree.run.RunRecord;

/** Charts of figures over the course of training: a line an arm, the mean over seeds, with a band from the lowest to the highest seed. */
final class Curves {
    private static final String BAND = " Line: mean over seeds; band: from the lowest to the highest seed.";

    private final Comparison comparison;
    private final Set<String> names;

    Curves(Comparison comparison) {
        this.comparison = comparison;
        this.names = comparison.drawnRuns().stream()
                .flatMap(run -> RunCurve.names(run).stream())
                .collect(Collectors.toSet());
    }

    /** Accuracy, loss and learning rate over epochs; accuracy over images and over time. */
    List<ChartGroup> all() {
        List<ChartGroup> groups = new ArrayList<>();
        groups.add(new ChartGroup(
                "accuracy",
                "Accuracy over epochs",
                "How fast and how far the arms learn.",
                false,
                ofSplits("accuracy", 100, RunCurve.Over.EPOCHS, 100.0)));
        groups.add(new ChartGroup(
                "loss",
                "Loss over epochs",
                "What training makes smaller, mean over images.",
                false,
                ofSplits("loss", 1, RunCurve.Over.EPOCHS, null)));
        if (comparison.drawnRuns().stream().anyMatch(Curves::changesRate)) {
            groups.add(new ChartGroup("rate", "Learning rate", "", true, rate()));
        }
        return groups;
    }

    /** Accuracy against images seen, and against time: what an epoch hides. */
    ChartGroup effort() {
        String split = names.contains("validation/accuracy") ? "validation" : "train";
        List<Chart> charts = new ArrayList<>(ofSplit(split, "accuracy", 100, RunCurve.Over.IMAGES, 100.0));
        charts.addAll(ofSplit(split, "accuracy", 100, RunCurve.Over.SECONDS, 100.0));
        return new ChartGroup(
                "effort",
                "Accuracy against images and time",
                "What arms reach from equally many images, and in equal time of training steps at the mean speed of each run on its "
                        + "machine.",
                false,
                charts);
    }

    private List<Chart> ofSplits(String figure, double scale, RunCurve.Over over, Double max) {
        List<Chart> charts = new ArrayList<>(ofSplit("validation", figure, scale, over, max));
        charts.addAll(ofSplit("train", figure, scale, over, max));
        return sameAxes(charts, max);
    }

    private List<Chart> ofSplit(String split, String figure, double scale, RunCurve.Over over, Double max) {
        boolean training = split.equals("train");
        String name = (training ? "Training " : "Validation ") + figure;
        String title = name + over.words();
        String help = (training
                        ? "Mean over the batches of an epoch, each before its update."
                        : "Of images that were held out from training.")
                + BAND;
        List<Chart> charts = new ArrayList<>();
        for (String task : comparison.tasks()) {
            List<Chart.Series> series = series(task, split + "/" + figure, scale, over, run -> true);
            charts.add(new Chart(
                    Chart.LINES,
                    task,
                    title,
                    help,
                    axis(over),
                    Chart.Axis.linear(name + (scale == 1 ? "" : ", %"), 0.0, max),
                    series,
                    List.of()));
        }
        return over == RunCurve.Over.EPOCHS ? charts : sameAxes(charts, max);
    }

    private List<Chart> rate() {
        List<Chart> charts = new ArrayList<>();
        for (String task : comparison.tasks()) {
            charts.add(new Chart(
                    Chart.LINES,
                    task,
                    "Learning rate",
                    "What the schedule made of optimizer.learningRate.",
                    axis(RunCurve.Over.EPOCHS),
                    Chart.Axis.linear("learning rate", 0.0, null),
                    series(task, "learningRate", 1, RunCurve.Over.EPOCHS, run -> true),
                    List.of()));
        }
        return sameAxes(charts, null);
    }

    /** The arms that have a figure, each over its seeds. */
    List<Chart.Series> series(String task, String name, double scale, RunCurve.Over over, Predicate<RunRecord> shown) {
        List<Chart.Series> series = new ArrayList<>();
        for (int arm : comparison.drawn()) {
            List<Double[]> points = MeanCurve.of(comparison.arms().get(arm).seeds(task).values().stream()
                    .filter(shown)
                    .map(run -> RunCurve.of(run, name, scale, over))
                    .toList());
            if (points.stream().anyMatch(point -> point[1] != null)) {
                series.add(new Chart.Series(arm, points, null));
            }
        }
        return series;
    }

    static Chart.Axis axis(RunCurve.Over over) {
        return switch (over) {
            case EPOCHS -> new Chart.Axis("epochs", 0.0, null, null, "whole");
            case IMAGES -> Chart.Axis.linear("training images seen", 0.0, null);
            case SECONDS -> Chart.Axis.linear("seconds of training steps", 0.0, null);
        };
    }

    /** Charts of one kind have the same axes, so that they can be compared by eye. */
    static List<Chart> sameAxes(List<Chart> charts, Double maxY) {
        double x = largest(charts, 0, Double.POSITIVE_INFINITY);
        // One arm that diverges would press all others to the axis.
        double cut = 4 * firsts(charts);
        double y = maxY != null ? maxY : largest(charts, 1, cut > 0 ? cut : Double.POSITIVE_INFINITY);
        return charts.stream().map(chart -> chart.within(x, y)).toList();
    }

    private static double largest(List<Chart> charts, int part, double below) {
        return charts.stream()
                .flatMap(chart -> chart.series().stream())
                .flatMap(each -> each.points().stream())
                .filter(point -> point[part] != null && point[part] <= below)
                .mapToDouble(point -> Math.min(below, part == 1 && point.length > 3 ? point[3] : point[part]))
                .max()
                .orElse(1);
    }

    /** The middle one of the first values of all series. */
    private static double firsts(List<Chart> charts) {
        List<Double> firsts = charts.stream()
                .flatMap(chart -> chart.series().stream())
                .map(each -> each.points().get(0)[1])
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return firsts.isEmpty() ? 0 : firsts.get(firsts.size() / 2);
    }

    private static boolean changesRate(RunRecord run) {
        return RunCurve.of(run, "learningRate", 1, RunCurve.Over.EPOCHS).stream()
                        .mapToDouble(RunCurve.Point::y)
                        .distinct()
                        .count()
                > 1;
    }
}
