package org.bpfree.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfree.experiment.Experiment;
import org.bpfree.failure.Failure;
import org.bpfree.measure.CostCurves.Point;

/**
 * What the option {@code --vary} asks for.
 *
 * @param path of the setting
 * @param points to measure, learner by learner
 * @param experiments of the points
 */
record VariedSetting(String path, List<Point> points, Map<Point, Experiment> experiments) {
    /**
     * Loads every experiment that will be measured.
     *
     * @param vary {@code PATH=N,N,...}
     * @param learners to measure, or none for the one of the experiment
     * @throws Failure if there are no numbers in {@code vary}, or a value is not allowed
     */
    static VariedSetting of(String vary, List<String> learners, ExperimentOptions experiment) {
        int equals = vary.indexOf('=');
        if (equals < 1) {
            throw Failure.usage(
                    "--vary " + vary + " has no values; write PATH=N,N,..., such as training.batchSize=16,32,64");
        }
        String path = vary.substring(0, equals);
        String[] values = vary.substring(equals + 1).split(",");
        List<Point> points = new ArrayList<>();
        Map<Point, Experiment> experiments = new LinkedHashMap<>();
        List<List<String>> overrides = learners.isEmpty()
                ? List.of(List.of())
                : learners.stream()
                        .map(learner -> List.of("learner={type: " + learner.trim() + "}"))
                        .toList();
        for (List<String> learner : overrides) {
            for (String value : values) {
                List<String> more = Stream.concat(learner.stream(), Stream.of(path + "=" + value.trim()))
                        .toList();
                double number = number(vary, value);
                Experiment loaded = experiment.loadWith(more).experiment();
                Point point = new Point(loaded.learnerType(), number);
                points.add(point);
                experiments.put(point, loaded);
            }
        }
        return new VariedSetting(path, List.copyOf(points), experiments);
    }

    private static double number(String vary, String value) {
        try {
            return Double.parseDouble(value.trim());
        } catch (NumberFormatException e) {
            throw Failure.usage("--vary " + vary + ": '" + value + "' is no number; all values must be");
        }
    }

    /** A value of the setting; whole numbers without a point. */
    static String label(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
