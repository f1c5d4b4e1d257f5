package org.bpfree.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.bpfree.statistics.Summary;

/**
 * What the final runs say of a claim.
 *
 * @param claim what is claimed
 * @param outcome whether it holds
 * @param summary of the figure, or of the differences, over the seeds
 * @param pValue two-sided, of Student's t test against the bound that decides; NaN for fewer than three seeds
 * @param corrected the same by Holm over all claims of the study
 * @param signFlip p value of the sign-flip test of a difference against zero; NaN for a claim on one arm
 * @param effectSize of a difference; NaN for a claim on one arm
 * @param testSetError standard error of a difference of test accuracies over the test images; NaN where it is not known
 * @param missing what is missing for a verdict, or what has to be known of it; empty for nothing
 */
public record Verdict(
        ClaimSettings claim,
        Outcome outcome,
        Summary summary,
        double pValue,
        double corrected,
        double signFlip,
        double effectSize,
        double testSetError,
        String missing) {
    /** Whether a claim holds. */
    public enum Outcome {
        /** The mean lies where the claim says, and chance alone hardly puts it there. */
        SUPPORTED,
        /** The mean lies elsewhere, and chance alone hardly puts it there. */
        REFUTED,
        /** Too little is known. */
        UNDECIDED;

        /** The name in small letters, also in JSON. */
        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The p value below which a claim is decided. */
    public static final double LEVEL = 0.05;

    /** The same with other words on what is missing, and perhaps another outcome. */
    Verdict with(Outcome other, double corrected, String missing) {
        return new Verdict(claim, other, summary, pValue, corrected, signFlip, effectSize, testSetError, missing);
    }
}
