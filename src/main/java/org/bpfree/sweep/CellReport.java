package org.bpfree.sweep;

/**
 * How a cell stands, with the reason.
 *
 * @param cell of the plan
 * @param state how it stands
 * @param reason why it is not done, or who runs it; empty when there is nothing to say
 * @param attempts how many processes have begun with it
 */
public record CellReport(PlannedCell cell, CellState state, String reason, int attempts) {}
