package org.bpfree.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bpfree.run.RunRecord;
import org.bpfree.statistics.Summary;

/**
 * Runs that differ in their seed only.
 *
 * @param runs at least one
 */
record SeedGroup(List<RunRecord> runs) {
    /** Settings that may differ within a group: they do not change what is learned from which images. */
    private static final Set<String> FREE = Set.of("seed", "name", "training.checkpointEvery", "training.twin");

    /** The runs in groups, in the order of their first members. */
    static List<SeedGroup> of(List<RunRecord> runs) {
        Map<Map<String, String>, List<RunRecord>> groups = new LinkedHashMap<>();
        for (RunRecord run : runs) {
            Map<String, String> key = new TreeMap<>(run.settings());
            key.keySet().removeAll(FREE);
            groups.computeIfAbsent(key, settings -> new ArrayList<>()).add(run);
        }
        return groups.values().stream().map(SeedGroup::new).toList();
    }

    /** The test accuracies of the finished runs, as fractions. */
    Summary testAccuracy() {
        return Summary.of(runs.stream()
                .map(RunRecord::testAccuracy)
                .flatMap(accuracy -> accuracy.stream().boxed())
                .toList());
    }
}
