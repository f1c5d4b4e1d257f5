package org.bpfree.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bpfree.cli.console.CountedProgress;
import org.bpfree.cli.console.Notes;
import org.bpfree.experiment.Experiment;
import org.bpfree.failure.Failure;
import org.bpfree.files.Json;
import org.bpfree.report.figure.ChartAxis;
import org.bpfree.report.figure.ChartFigure;
import org.bpfree.report.figure.ChartPanel;
import org.bpfree.report.figure.FigureFormat;

/** What a training step costs over the values of one setting, one curve a learner. */
final class CostCurves {
    private static final String ROW = "%-16s %-18s %11s %13s%n";

    /** One measurement to take. */
    private record Point(double value, Experiment experiment) {}

    private final String path;
    private final List<Point> points;
    private final Map<String, List<double[]>> curves = new LinkedHashMap<>(); // value and milliseconds an image

    private CostCurves(String path, List<Point> points) {
        this.path = path;
        this.points = points;
    }

    /**
     * Loads every experiment that will be measured.
     *
     * @param vary {@code PATH=N,N,...}
     * @param learners to measure, or none for the one of the experiment
     * @throws Failure if there are no numbers in {@code vary}, or a value is not allowed
     */
    static CostCurves plan(String vary, List<String> learners, ExperimentOptions experiment) {
        int equals = vary.indexOf('=');
        if (equals < 1) {
            throw Failure.usage(
                    "--vary " + vary + " has no values; write PATH=N,N,..., such as training.batchSize=16,32,64");
        }
        String path = vary.substring(0, equals);
        String[] values = vary.substring(equals + 1).split(",");
        List<Point> points = new ArrayList<>();
        List<List<String>> overrides = learners.isEmpty()
                ? List.of(List.of())
                : learners.stream()
                        .map(learner -> List.of("learner={type: " + learner.trim() + "}"))
                        .toList();
        for (List<String> learner : overrides) {
            for (String value : values) {
                List<String> more = Stream.concat(learner.stream(), Stream.of(path + "=" + value.trim()))
                        .toList();
                points.add(
                        new Point(number(vary, value), experiment.loadWith(more).experiment()));
            }
        }
        return new CostCurves(path, points);
    }

    private static Map<String, Object> faster(Map<String, Object> a, Map<String, Object> b) {
        return (Double) a.get("imagesPerSecond") < (Double) b.get("imagesPerSecond") ? b : a;
    }

    /** Whole numbers without a point. */
    private static String label(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private static double number(String vary, String value) {
        try {
            return Double.parseDouble(value.trim());
        } catch (NumberFormatException e) {
            throw Failure.usage("--vary " + vary + ": '" + value + "' is no number; all values must be");
        }
    }

    /**
     * Takes all measurements some times in turn, since a machine's speed changes from minute to minute, and prints the fastest of each as
     * soon as it is known.
     */
    void measure(
            int rounds, Function<Experiment, Map<String, Object>> measure, PrintWriter out, boolean json, Notes notes) {
        CountedProgress progress = new CountedProgress(rounds * points.size(), 0, System::nanoTime);
        Function<Point, Map<String, Object>> measured = point -> {
            Map<String, Object> figures = measure.apply(point.experiment());
            notes.say(progress.ended(point.experiment().learnerType() + " " + label(point.value())
                    + String.format(Locale.ROOT, ", %.0f images/s", (Double) figures.get("imagesPerSecond"))));
            return figures;
        };
        Map<Point, Map<String, Object>> before = new HashMap<>();
        for (int round = 1; round < rounds; round++) {
            for (Point point : points) {
                before.merge(point, measured.apply(point), CostCurves::faster);
            }
        }
        if (!json) {
            out.printf(Locale.ROOT, ROW, "learner", path, "ms/step", "images/s");
        }
        for (Point point : points) {
            Map<String, Object> figures = before.merge(point, measured.apply(point), CostCurves::faster);
            String learner = point.experiment().learnerType();
            double imagesPerSecond = (Double) figures.get("imagesPerSecond");
            curves.computeIfAbsent(learner, name -> new ArrayList<>())
                    .add(new double[] {point.value(), 1000 / imagesPerSecond});
            if (json) {
                figures.put("varied", path);
                figures.put("value", point.value());
                out.println(Json.line(figures));
            } else {
                out.printf(
                        Locale.ROOT,
                        ROW,
                        learner,
                        label(point.value()),
                        String.format(Locale.ROOT, "%.2f", (Double) figures.get("stepMillis")),
                        String.format(Locale.ROOT, "%.0f", imagesPerSecond));
            }
            out.flush();
        }
    }

    /** Replaces a file by a figure of the curves, of the kind that its ending says. */
    void draw(Path file) {
        List<ChartFigure.Entry> legend = new ArrayList<>();
        List<ChartPanel.Line> lines = new ArrayList<>();
        curves.forEach((learner, curve) -> {
            lines.add(ChartPanel.Line.of(lines.size(), column(curve, 0), column(curve, 1)));
            legend.add(new ChartFigure.Entry(learner, learner));
        });
        List<double[]> all = curves.values().stream().flatMap(List::stream).toList();
        ChartPanel panel = new ChartPanel(
                "",
                ChartAxis.ofValues(path, column(all, 0)),
                ChartAxis.fromZero("milliseconds an image", column(all, 1)),
                lines,
                List.of());
        FigureFormat.of(file)
                .write(
                        file,
                        new ChartFigure(
                                "Cost of a training step: "
                                        + points.get(0).experiment().name(),
                                "",
                                legend,
                                List.of(panel)));
    }

    private static double[] column(List<double[]> points, int coordinate) {
        return points.stream().mapToDouble(point -> point[coordinate]).toArray();
    }
}
