package org.bpfree.report;

import java.util.List;

/**
 * How a setting of an arm was chosen: a curve over the values that were tried.
 *
 * @param arm label of the arm
 * @param setting path of the setting
 * @param points a value each, in the order of the values
 * @param winner the value that was chosen
 * @param atEdge whether it is the first or last of its range, so that a better one may lie beyond
 */
public record Tuning(String arm, String setting, List<Point> points, String winner, boolean atEdge) {
    /** Keeps the points from changes. */
    public Tuning {
        points = List.copyOf(points);
    }

    /**
     * A value that was tried.
     *
     * @param value as the setting has it
     * @param accuracy mean validation accuracy over the seeds, fraction; NaN where all diverged
     * @param lowest of the seeds
     * @param highest of the seeds
     * @param seeds how many
     */
    public record Point(String value, double accuracy, double lowest, double highest, int seeds) {}
}
