package org.bpfree.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Curves over the values that were tried for a setting. */
final class TuningCharts {
    private static final double DECADE = 10;

    private TuningCharts() {}

    /** One chart a setting, a line an arm. */
    static ChartGroup of(Comparison comparison) {
        Map<String, List<Tuning>> bySetting = new LinkedHashMap<>();
        comparison.tuning().stream()
                .filter(tuning -> comparison.drawn().contains(number(comparison, tuning.arm())))
                .forEach(tuning -> bySetting
                        .computeIfAbsent(tuning.setting(), setting -> new ArrayList<>())
                        .add(tuning));
        List<Chart> charts = new ArrayList<>();
        bySetting.forEach((setting, tunings) -> charts.add(chart(comparison, setting, tunings)));
        return new ChartGroup(
                "tuning",
                "How settings were chosen",
                "Validation accuracy at the values that were tried; the ring is the value that won and with which the final runs were made.",
                false,
                charts);
    }

    private static Chart chart(Comparison comparison, String setting, List<Tuning> tunings) {
        List<String> values = tunings.stream()
                .flatMap(tuning -> tuning.points().stream())
                .map(Tuning.Point::value)
                .distinct()
                .toList();
        boolean numbers = values.stream().allMatch(TuningCharts::isNumber);
        boolean log = numbers && spread(values) >= DECADE;
        List<Chart.Series> series = new ArrayList<>();
        for (Tuning tuning : tunings) {
            List<Double[]> points = new ArrayList<>();
            for (Tuning.Point point : tuning.points()) {
                Double[] seeds = {
                    at(point.value(), values, numbers),
                    MeanCurve.rounded(100 * point.accuracy()),
                    MeanCurve.rounded(100 * point.lowest()),
                    MeanCurve.rounded(100 * point.highest()),
                    (double) point.seeds()
                };
                points.add(seeds);
            }
            series.add(
                    new Chart.Series(number(comparison, tuning.arm()), points, at(tuning.winner(), values, numbers)));
        }
        return new Chart(
                Chart.LINES,
                "",
                setting,
                "Mean validation accuracy over the seeds of the search; band: from the lowest to the highest seed.",
                new Chart.Axis(setting, null, null, numbers ? null : values, log ? "log" : "linear"),
                Chart.Axis.linear("validation accuracy, %", 0.0, 100.0),
                series,
                List.of());
    }

    private static int number(Comparison comparison, String label) {
        return comparison.arms().stream().map(Arm::label).toList().indexOf(label);
    }

    private static double at(String value, List<String> values, boolean numbers) {
        return numbers ? Double.parseDouble(value) : values.indexOf(value);
    }

    /** How many times the smallest value the largest is; 0 where one is not positive. */
    private static double spread(List<String> values) {
        double smallest = values.stream().mapToDouble(Double::parseDouble).min().orElse(0);
        double largest = values.stream().mapToDouble(Double::parseDouble).max().orElse(0);
        return smallest > 0 ? largest / smallest : 0;
    }

    private static boolean isNumber(String value) {
        try {
            return Double.isFinite(Double.parseDouble(value));
        } catch (NumberFormatException word) {
            return false;
        }
    }
}
