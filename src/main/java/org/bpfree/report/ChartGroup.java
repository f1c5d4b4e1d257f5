package org.bpfree.report;

import java.util.List;

/**
 * Charts under one heading.
 *
 * @param id of the heading in the page
 * @param title of it
 * @param help a sentence for all of them; may be empty
 * @param folded whether a reader has to unfold them
 * @param charts at least one
 */
record ChartGroup(String id, String title, String help, boolean folded, List<Chart> charts) {
    /** The most points of all charts together; a point takes some 25 bytes of the page. */
    private static final int POINTS = 30_000;

    private static final int MOST = 200;
    private static final int FEWEST = 12;

    /** Groups that have something to show, with as many points as a page can carry. */
    static List<ChartGroup> fitting(List<ChartGroup> groups) {
        List<ChartGroup> drawn = groups.stream()
                .map(group -> group.with(
                        group.charts.stream().filter(chart -> !chart.isEmpty()).toList()))
                .filter(group -> !group.charts.isEmpty())
                .toList();
        long series = drawn.stream()
                .flatMap(group -> group.charts.stream())
                .mapToLong(chart -> chart.series().size())
                .sum();
        int most = (int) Math.max(FEWEST, Math.min(MOST, POINTS / Math.max(1, series)));
        return drawn.stream()
                .map(group -> group.with(
                        group.charts.stream().map(chart -> chart.thinned(most)).toList()))
                .toList();
    }

    private ChartGroup with(List<Chart> others) {
        return new ChartGroup(id, title, help, folded, others);
    }
}
