package org.bpfree.measure.robustness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.bpfree.measure.robustness.Robustness.Line;
import org.bpfree.statistics.Summary;

/**
 * What runs that differ in their seed only reach on disturbed images.
 *
 * @param name of the arm
 * @param learner its type
 * @param runs how many there are
 * @param rows a disturbance each
 */
public record RobustnessArm(String name, String learner, int runs, List<Row> rows) {
    /**
     * Accuracy under a disturbance.
     *
     * @param kind the disturbance: its line, whose figures are those of the first run
     * @param accuracy mean over runs, 0..1
     * @param error of several runs the standard deviation over them; of one the binomial standard error over the images
     * @param loss mean over runs
     */
    public record Row(Line kind, double accuracy, double error, double loss) {
        /** Whether it is the same disturbance. */
        public boolean isSame(Line other) {
            return kind.disturbance().equals(other.disturbance())
                    && kind.gradient().equals(other.gradient())
                    && kind.strength() == other.strength();
        }

        /** The disturbance without its strength, as figures call it. */
        public String family() {
            return isAttack()
                    ? kind.disturbance().toUpperCase(Locale.ROOT) + ", " + kind.gradient() + " gradient"
                    : kind.disturbance();
        }

        /** Whether somebody chose the change by a gradient. */
        public boolean isAttack() {
            return !kind.gradient().equals("none");
        }

        /** Whether the images are as they were. */
        public boolean isClean() {
            return kind.strength() == 0;
        }
    }

    /**
     * The arm of some runs on the same images.
     *
     * @param runs the lines of each; a disturbance that one of them lacks is left out
     * @param images how many were disturbed
     */
    public static RobustnessArm of(String name, String learner, List<List<Line>> runs, int images) {
        List<Row> rows = new ArrayList<>();
        for (Line kind : runs.get(0)) {
            List<Line> same = runs.stream()
                    .flatMap(lines -> lines.stream().filter(line -> new Row(kind, 0, 0, 0).isSame(line)))
                    .toList();
            if (same.size() == runs.size()) {
                Summary accuracy = summary(same, Line::accuracy);
                rows.add(new Row(
                        kind,
                        accuracy.mean(),
                        runs.size() > 1 ? accuracy.deviation() : binomialError(accuracy.mean(), images),
                        summary(same, Line::loss).mean()));
            }
        }
        return new RobustnessArm(name, learner, runs.size(), rows);
    }

    /** Standard error of a share of so many independent images. */
    static double binomialError(double share, int images) {
        return Math.sqrt(share * (1 - share) / images);
    }

    private static Summary summary(List<Line> lines, ToDoubleFunction<Line> figure) {
        return Summary.of(lines.stream().map(figure::applyAsDouble).toList());
    }

    /** What {@link Row#error} is. */
    public String errorInWords() {
        return runs > 1 ? "deviation over " + runs + " seeds" : "binomial standard error";
    }
}
