package org.bpfree.report;

import org.bpfree.statistics.Interval;
import org.bpfree.study.Verdict.Outcome;

/**
 * What somebody says of arms, held against what was measured.
 *
 * @param says the claim, a sentence
 * @param source where it is made, such as a paper; may be empty
 * @param verdict what the figures say of it
 * @param measured the figure the verdict rests on
 * @param missing what is missing for a verdict, a sentence; empty where there is one
 */
public record Claim(String says, String source, Outcome verdict, Measured measured, String missing) {
    /**
     * A figure with its interval, in the unit that is shown.
     *
     * @param figure what it is, such as {@code test accuracy, ekdaa − backprop}
     * @param unit such as {@code points}
     * @param value NaN where nobody measured it
     * @param interval of the value, 95 %
     * @param bound what the claim compares the figure with, such as {@code above −2}
     */
    public record Measured(String figure, String unit, double value, Interval interval, String bound) {}
}
