package org.bpfree.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.run.RunRecord;

/** The charts of a report: figures of all runs in one chart, figures of layers in one chart a run. */
final class Curves {
    private static final String BIAS = "/bias/";

    private final List<RunRecord> runs;
    private final List<String> labels;
    private final List<Chart> charts = new ArrayList<>();

    private Curves(List<RunRecord> runs, List<String> labels) {
        this.runs = runs;
        this.labels = labels;
    }

    /** All charts that have something to show. */
    static List<Chart> of(List<RunRecord> runs, List<String> labels) {
        Curves curves = new Curves(runs, labels);
        curves.ofSplits("accuracy", "% of the images", 100);
        curves.ofSplits("loss", "mean over images", 1);
        curves.acrossRuns("Learning rate", "", 1, "learningRate");
        for (int run = 0; run < runs.size(); run++) {
            // Backpropagation is as it is: its angles to itself say nothing.
            if (!runs.get(run).setting("learner.type").equals("backprop")) {
                curves.layersOf(run);
            }
        }
        return curves.charts;
    }

    /** A figure of the training images, with that of the validation images where a run has some: the title says which is shown. */
    private void ofSplits(String figure, String unit, double scale) {
        String trained = "train/" + figure;
        String heldOut = "validation/" + figure;
        boolean both = runs.stream().anyMatch(run -> names(run).contains(heldOut));
        acrossRuns(
                both ? "Training and validation " + figure : "Training " + figure,
                both ? unit + "; solid: training, dashed: validation" : unit,
                scale,
                trained,
                heldOut);
    }

    private void acrossRuns(String title, String unit, double scale, String solid, String... dashed) {
        List<Curve> curves = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            add(curves, labels.get(run), run, false, points(runs.get(run), solid, scale));
            for (String name : dashed) {
                add(curves, labels.get(run) + ", validation", run, true, points(runs.get(run), name, scale));
            }
        }
        if (!curves.isEmpty()) {
            charts.add(new Chart(title, unit, curves));
        }
    }

    /** Figures named {@code GROUP/LAYER.../FIGURE}: one chart a group and figure, one curve a layer. */
    private void layersOf(int run) {
        Map<String, Map<String, String>> byFigure = new LinkedHashMap<>(); // title -> layer -> name
        for (String name : names(runs.get(run))) {
            int first = name.indexOf('/');
            int last = name.lastIndexOf('/');
            if (first == last || name.contains(BIAS)) {
                continue;
            }
            String layer = name.substring(first + 1, last).replace("/weights", "");
            byFigure.computeIfAbsent(name.substring(last + 1), key -> new LinkedHashMap<>())
                    .put(layer, name);
        }
        byFigure.forEach((figure, names) -> {
            List<Curve> curves = new ArrayList<>();
            names.forEach((layer, name) ->
                    add(curves, layer, curves.size(), false, points(runs.get(run), name, FigureNames.scale(figure))));
            if (!curves.isEmpty()) {
                String of = runs.size() == 1 ? "" : ": " + labels.get(run);
                charts.add(new Chart(FigureNames.title(figure) + of, FigureNames.unit(figure), curves));
            }
        });
    }

    private static void add(List<Curve> curves, String label, int colour, boolean dashed, List<Double[]> points) {
        if (points.stream().anyMatch(point -> point[1] != null)) {
            curves.add(new Curve(label, colour, dashed, points));
        }
    }

    private static Set<String> names(RunRecord run) {
        Set<String> names = new LinkedHashSet<>();
        run.moments().forEach(moment -> moment.fieldNames().forEachRemaining(names::add));
        return names;
    }

    private static List<Double[]> points(RunRecord run, String name, double scale) {
        double stepsPerEpoch = stepsPerEpoch(run);
        List<Double[]> points = new ArrayList<>();
        for (JsonNode moment : run.moments()) {
            if (moment.has(name)) {
                double value = Double.parseDouble(moment.get(name).asText()) * scale;
                points.add(new Double[] {
                    moment.path("step").asLong() / stepsPerEpoch, Double.isFinite(value) ? (Double) value : null
                });
            }
        }
        return points;
    }

    /** Runs with other batch sizes take other numbers of steps, so charts count epochs. */
    private static double stepsPerEpoch(RunRecord run) {
        for (JsonNode moment : run.moments()) {
            if (moment.has("train/loss")) {
                return moment.path("step").asDouble() / moment.path("epoch").asDouble();
            }
        }
        return Double.POSITIVE_INFINITY; // no epoch is complete: everything lies at its start
    }
}
