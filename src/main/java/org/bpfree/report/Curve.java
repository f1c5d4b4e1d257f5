package org.bpfree.report;

import java.util.List;

/**
 * A line in a chart.
 *
 * @param label what the legend says
 * @param colour number of the colour; curves of one run share it
 * @param dashed whether the line is dashed
 * @param points x and y of each point; y may be null where there is no number
 */
record Curve(String label, int colour, boolean dashed, List<Double[]> points) {}
