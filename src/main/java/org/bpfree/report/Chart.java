package org.bpfree.report;

import java.util.List;

/**
 * A chart of curves over epochs.
 *
 * @param title what the curves show
 * @param unit of the vertical axis
 * @param curves at least one
 */
record Chart(String title, String unit, List<Curve> curves) {}
