package org.bpfree.report;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bpfree.run.RunRecord;

/** Short names that tell runs apart. */
final class RunLabels {
    private RunLabels() {}

    /** One name a run: the shortest kind by which no two runs are called the same. */
    static List<String> of(List<RunRecord> runs) {
        List<Function<RunRecord, String>> kinds = List.of(
                RunRecord::name,
                run -> run.setting("learner.type"),
                run -> run.name() + ", seed " + run.setting("seed"),
                run -> run.setting("learner.type") + ", seed " + run.setting("seed"),
                run -> run.name() + ", " + run.setting("learner.type") + ", seed " + run.setting("seed"),
                run -> run.name() + "/" + run.folder().getFileName());
        for (Function<RunRecord, String> kind : kinds) {
            List<String> labels = runs.stream().map(kind).toList();
            if (new HashSet<>(labels).size() == labels.size()) {
                return labels;
            }
        }
        return IntStream.range(0, runs.size())
                .mapToObj(i -> (i + 1) + ": " + runs.get(i).name())
                .toList();
    }
}
