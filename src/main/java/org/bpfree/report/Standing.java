package org.bpfree.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfree.run.RunRecord;
import org.bpfree.statistics.Interval;
import org.bpfree.statistics.PairedDifference;
import org.bpfree.statistics.Summary;
import org.bpfree.study.Verdicts;

/**
 * How an arm stands at a task: test accuracies after the last epoch, as fractions.
 *
 * @param arm which
 * @param task which
 * @param accuracy over the seeds that are finished
 * @param difference to the reference, over the seeds that both have; nothing for the reference itself, or where there is none
 * @param gain over the control, in the same way
 */
record Standing(
        Arm arm,
        String task,
        Summary accuracy,
        Optional<PairedDifference> difference,
        Optional<PairedDifference> gain) {
    static Standing of(Comparison comparison, Arm arm, String task) {
        return new Standing(
                arm,
                task,
                Summary.of(List.copyOf(accuracies(arm, task).values())),
                difference(arm, comparison.arm(comparison.reference()), task),
                difference(arm, comparison.arm(comparison.control()), task));
    }

    private static Map<Long, Double> accuracies(Arm arm, String task) {
        return arm.figures(task, RunRecord::testAccuracy);
    }

    private static Optional<PairedDifference> difference(Arm arm, Optional<Arm> other, String task) {
        if (other.isEmpty() || other.get().equals(arm)) {
            return Optional.empty();
        }
        PairedDifference pairs = PairedDifference.ofCommon(accuracies(arm, task), accuracies(other.get(), task));
        return pairs.differences().isEmpty() ? Optional.empty() : Optional.of(pairs);
    }

    /** On which side of another arm an arm is, as far as the seeds tell. */
    enum Verdict {
        ABOVE("above"),
        BELOW("below"),
        UNDECIDED("undecided"),
        FEW("too few seeds");

        final String words;

        Verdict(String words) {
            this.words = words;
        }
    }

    /** What a difference says: a side only where the whole interval lies on it, and no seed of this arm diverged, which no mean counts. */
    Verdict verdict(PairedDifference pairs) {
        Interval interval = pairs.summary().interval();
        if (pairs.summary().count() < Verdicts.FEWEST_SEEDS) {
            return Verdict.FEW;
        }
        if (diverged() > 0) {
            return Verdict.UNDECIDED;
        }
        return interval.low() > 0 ? Verdict.ABOVE : interval.high() < 0 ? Verdict.BELOW : Verdict.UNDECIDED;
    }

    /** How many seeds diverged. */
    long diverged() {
        return arm.seeds(task).values().stream()
                .filter(run -> run.status().equals("diverged"))
                .count();
    }
}
