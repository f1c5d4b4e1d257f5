package org.bpfree.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Curves of several seeds as one: the mean at each step, and the lowest and highest seed. */
final class MeanCurve {
    private static final MathContext DIGITS = new MathContext(5);

    private MeanCurve() {}

    /** Points as {@link Chart.Series} has them; a seed whose figure is undefined at a step leaves a gap there, as it has no mean. */
    static List<Double[]> of(List<List<RunCurve.Point>> seeds) {
        Map<Long, List<RunCurve.Point>> bySteps = new TreeMap<>();
        seeds.forEach(points -> points.forEach(point ->
                bySteps.computeIfAbsent(point.step(), step -> new ArrayList<>()).add(point)));
        return bySteps.values().stream().map(MeanCurve::point).toList();
    }

    private static Double[] point(List<RunCurve.Point> seeds) {
        double x = seeds.stream().mapToDouble(RunCurve.Point::x).average().orElseThrow();
        return point(x, seeds.stream().map(RunCurve.Point::y).toList());
    }

    /** The point of several seeds at one place. */
    static Double[] point(double x, List<Double> seeds) {
        double mean = seeds.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        if (seeds.size() < 2 || !Double.isFinite(mean)) {
            return new Double[] {rounded(x), rounded(mean)};
        }
        return new Double[] {
            rounded(x),
            rounded(mean),
            rounded(seeds.stream().mapToDouble(Double::doubleValue).min().getAsDouble()),
            rounded(seeds.stream().mapToDouble(Double::doubleValue).max().getAsDouble()),
            (double) seeds.size()
        };
    }

    /** As many digits as a chart can show; null for what is no number. */
    static Double rounded(double value) {
        return Double.isFinite(value)
                ? (Double) new BigDecimal(value).round(DIGITS).doubleValue()
                : null;
    }
}
