package org.bpfree.cli.sweep;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bpfree.sweep.CellReport;
import org.bpfree.sweep.CellState;

/** How many cells are in which state, in words. */
public final class StateCounts {
    private StateCounts() {}

    /** Such as {@code 6 cells: 4 done, 1 diverged, 1 missing}. */
    public static String of(List<CellReport> reports) {
        Map<CellState, Long> counts = reports.stream()
                .collect(Collectors.groupingBy(
                        CellReport::state, () -> new EnumMap<>(CellState.class), Collectors.counting()));
        return reports.size() + " cells: "
                + counts.entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(Collectors.joining(", "));
    }
}
