package org.bpfree.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A chart as {@code charts.js} draws it.
 *
 * @param kind {@code lines}: curves with bands; {@code dots}: a row an arm, with a dot and an interval
 * @param task whose arms are shown
 * @param title what is shown
 * @param help a sentence that says what it is
 * @param x the horizontal axis
 * @param y the vertical axis; of dots it has the arms
 * @param series a line or dot each
 * @param marks straight lines across the chart
 */
record Chart(
        String kind, String task, String title, String help, Axis x, Axis y, List<Series> series, List<Mark> marks) {

    /**
     * An axis.
     *
     * @param title with the unit
     * @param min where it begins; null: where the numbers do
     * @param max where it ends; null: where the numbers do
     * @param categories what stands at 0, 1, 2, …; null on an axis of numbers
     * @param scale {@code linear}, {@code whole} (ticks at whole numbers only) or {@code log}
     */
    record Axis(String title, Double min, Double max, List<String> categories, String scale) {
        static Axis linear(String title, Double min, Double max) {
            return new Axis(title, min, max, null, "linear");
        }

        /** The same up to another end. */
        Axis upTo(Double end) {
            return new Axis(title, min, end, categories, scale);
        }

        static Axis of(List<String> categories, String title) {
            return new Axis(title, null, null, categories, "linear");
        }
    }

    /**
     * A line, or a dot.
     *
     * @param arm its number
     * @param points x, mean, lowest, highest and number of seeds each; y may be null where there is no number, and there is no range where
     *     there is one seed. Of dots the mean, the ends of the interval and the number of seeds
     * @param ring x of a point that is pointed out; null for none
     */
    record Series(int arm, List<Double[]> points, Double ring) {}

    /**
     * A straight line.
     *
     * @param title what it stands for
     * @param at where it crosses the axis of the figure
     * @param look {@code reference}, {@code control} or {@code chance}
     */
    record Mark(String title, double at, String look) {}

    static final String LINES = "lines";
    static final String DOTS = "dots";

    /** Whether anything can be seen. */
    boolean isEmpty() {
        return series.isEmpty();
    }

    /** The same with a horizontal axis that ends at a number. */
    Chart upTo(double endOfX) {
        return new Chart(kind, task, title, help, x.upTo(endOfX), y, series, marks);
    }

    /** The same with axes that end at these numbers. */
    Chart within(double endOfX, double endOfY) {
        return new Chart(kind, task, title, help, x.upTo(endOfX), y.upTo(endOfY), series, marks);
    }

    /** The same with fewer points: those at equal steps, and the last. */
    Chart thinned(int most) {
        List<Series> fewer = series.stream()
                .map(each -> new Series(each.arm, thinned(each.points, most), each.ring))
                .toList();
        return new Chart(kind, task, title, help, x, y, fewer, marks);
    }

    private static List<Double[]> thinned(List<Double[]> points, int most) {
        if (points.size() <= most) {
            return points;
        }
        return IntStream.range(0, most)
                .mapToObj(i -> points.get((int) Math.round((double) i * (points.size() - 1) / (most - 1))))
                .toList();
    }
}
