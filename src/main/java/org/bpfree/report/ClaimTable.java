package org.bpfree.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bpfree.statistics.Summary;
import org.bpfree.study.ClaimSettings;
import org.bpfree.study.Figure;
import org.bpfree.study.Verdict;
import org.bpfree.study.Verdict.Outcome;

/** Verdicts for people and for programs. */
public final class ClaimTable {
    private static final double PERCENT = 100;

    private ClaimTable() {}

    /**
     * A claim with what the runs say of it. Differences of shares are in points, shares in percent; what is not known is null.
     *
     * @param says the sentence
     * @param source who says it
     * @param verdict supported, refuted or undecided
     * @param figure what was measured, such as {@code ekdaa - backprop, test-accuracy}
     * @param bound such as {@code above -2.00 points}
     * @param seeds how many have the figure
     * @param mean over the seeds
     * @param low lower end of the 95 % interval
     * @param high upper end
     * @param unit points, % or nothing
     * @param pValue of Student's t test against the bound
     * @param holm the same corrected for all claims of the study
     * @param signFlip p value of the sign-flip test against no difference
     * @param effectSize mean difference in standard deviations
     * @param testSetError standard error of the difference over the test images
     * @param missing what is missing for a verdict
     */
    public record Row(
            String says,
            String source,
            Outcome verdict,
            String figure,
            String bound,
            int seeds,
            Double mean,
            Double low,
            Double high,
            String unit,
            Double pValue,
            Double holm,
            Double signFlip,
            Double effectSize,
            Double testSetError,
            String missing) {

        /** The mean with its interval, such as {@code -0.52 points [-0.91, -0.13]}; a dash where there is none. */
        public String measured() {
            if (mean == null) {
                return "–";
            }
            String value = number(mean) + (unit.isEmpty() ? "" : " " + unit);
            return low == null ? value : value + " [" + number(low) + ", " + number(high) + "]";
        }

        /** Several lines for a terminal. */
        public String text() {
            List<String> facts = new ArrayList<>();
            facts.add(measured() + ", " + seeds + (seeds == 1 ? " seed" : " seeds"));
            facts.add("claimed " + bound);
            if (pValue != null) {
                facts.add("p " + shortly(pValue) + ", by Holm " + shortly(holm));
            }
            if (signFlip != null) {
                facts.add("sign-flip p " + shortly(signFlip));
            }
            if (effectSize != null) {
                facts.add("effect size " + shortly(effectSize));
            }
            if (testSetError != null) {
                facts.add("standard error over test images " + number(testSetError) + " " + unit);
            }
            return String.format(
                    Locale.ROOT,
                    "%-10s %s%s%n           %s: %s%s",
                    verdict,
                    says,
                    source.isEmpty() ? "" : " (" + source + ")",
                    figure,
                    String.join("; ", facts),
                    missing.isEmpty() ? "" : System.lineSeparator() + "           missing: " + missing);
        }
    }

    /** The rows, in the order of the claims. */
    public static List<Row> rows(List<Verdict> verdicts) {
        return verdicts.stream().map(ClaimTable::row).toList();
    }

    private static Row row(Verdict verdict) {
        ClaimSettings claim = verdict.claim();
        boolean share = new Figure(claim.figure()).isShare();
        double scale = share ? PERCENT : 1;
        String unit = !share ? "" : claim.of().isPresent() ? "%" : "points";
        Summary summary = verdict.summary();
        List<String> bounds = new ArrayList<>();
        claim.above().ifPresent(bound -> bounds.add("above " + number(scale * bound)));
        claim.below().ifPresent(bound -> bounds.add("below " + number(scale * bound)));
        return new Row(
                claim.says(),
                claim.source(),
                verdict.outcome(),
                claim.of().orElseGet(() -> String.join(" - ", claim.difference())) + ", " + claim.figure(),
                String.join(" and ", bounds) + (unit.isEmpty() ? "" : " " + unit),
                summary.count(),
                known(scale * summary.mean()),
                known(scale * summary.interval().low()),
                known(scale * summary.interval().high()),
                unit,
                known(verdict.pValue()),
                known(verdict.corrected()),
                known(verdict.signFlip()),
                known(verdict.effectSize()),
                known(scale * verdict.testSetError()),
                verdict.missing());
    }

    private static Double known(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    private static String number(double value) {
        return Math.abs(value) >= 0.01 || value == 0
                ? String.format(Locale.ROOT, "%.2f", value)
                : String.format(Locale.ROOT, "%.2g", value);
    }

    private static String shortly(double value) {
        return value != 0 && Math.abs(value) < 1e-3
                ? String.format(Locale.ROOT, "%.1e", value)
                : String.format(Locale.ROOT, "%.3f", value);
    }
}
