package org.bpfree.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpfree.run.RunRecord;

/**
 * A run as one of those of an arm.
 *
 * @param label that no other run has
 * @param arm number of the arm
 * @param task of the run
 * @param run itself
 */
record ShownRun(String label, int arm, String task, RunRecord run) {
    /** All runs of a comparison, arm by arm. */
    static List<ShownRun> of(Comparison comparison) {
        boolean tasks = comparison.tasks().size() > 1;
        List<ShownRun> shown = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int arm = 0; arm < comparison.arms().size(); arm++) {
            int number = arm;
            Arm each = comparison.arms().get(arm);
            each.runs().forEach((task, runs) -> {
                for (RunRecord run : runs) {
                    String label = each.label() + (tasks ? ", " + task : "") + ", seed " + run.setting("seed");
                    while (!taken.add(label)) {
                        label += ", again";
                    }
                    shown.add(new ShownRun(label, number, task, run));
                }
            });
        }
        return shown;
    }

    /** What a reader's filter is held against. */
    String text() {
        return label + " " + task + " " + run.name();
    }
}
