package org.bpfree.statistics;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How a figure of one arm differs from that of another, seed by seed: equal seeds draw equal first weights and batches, so what both have
 * in common cancels.
 *
 * @param differences first less second, one a seed
 * @param summary of the differences
 */
public record PairedDifference(List<Double> differences, Summary summary) {
    private static final int EXACT = 20;
    private static final int DRAWS = 100_000;

    /**
     * The differences of two lists of equal length, whose values of one position share a seed.
     *
     * @throws IllegalArgumentException if they differ in length
     */
    public static PairedDifference of(List<Double> first, List<Double> second) {
        if (first.size() != second.size()) {
            throw new IllegalArgumentException(first.size() + " and " + second.size() + " values are no pairs");
        }
        List<Double> differences = IntStream.range(0, first.size())
                .mapToObj(i -> first.get(i) - second.get(i))
                .toList();
        return new PairedDifference(differences, Summary.of(differences));
    }

    /** The differences of figures by seed, over the seeds that both have. */
    public static PairedDifference ofCommon(Map<Long, Double> first, Map<Long, Double> second) {
        List<Long> seeds = first.keySet().stream().filter(second::containsKey).toList();
        return of(
                seeds.stream().map(first::get).toList(),
                seeds.stream().map(second::get).toList());
    }

    /**
     * Two-sided p value of the sign-flip test: the share of all ways to exchange the two arms within pairs whose mean difference is at least
     * as far from zero as the one measured. All ways are counted up to 20 pairs, beyond that 100,000 drawn ones. With n pairs it is never
     * below 2/2^n: five seeds cannot give less than 0.0625. NaN without pairs.
     */
    public double signFlip() {
        if (differences.isEmpty()) {
            return Double.NaN;
        }
        double measured = Math.abs(sum(0));
        double slack = 1e-12 * differences.stream().mapToDouble(Math::abs).sum();
        if (differences.size() <= EXACT) {
            long ways = 1L << differences.size();
            long extreme = 0;
            for (long flips = 0; flips < ways; flips++) {
                extreme += Math.abs(sum(flips)) >= measured - slack ? 1 : 0;
            }
            return (double) extreme / ways;
        }
        SplittableRandom random = new SplittableRandom(0);
        long extreme = 1; // what was measured is one of the ways
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (double difference : differences) {
                sum += random.nextBoolean() ? difference : -difference;
            }
            extreme += Math.abs(sum) >= measured - slack ? 1 : 0;
        }
        return (double) extreme / (DRAWS + 1);
    }

    private double sum(long flips) {
        double sum = 0;
        for (int i = 0; i < differences.size(); i++) {
            sum += (flips >> i & 1) == 0 ? differences.get(i) : -differences.get(i);
        }
        return sum;
    }

    /**
     * Effect size: mean difference in units of the differences' standard deviation (Cohen's d of paired samples), with Hedges' correction
     * for few pairs, {@code 1 - 3 / (4 (n - 1) - 1)}. NaN for fewer than two pairs; infinite where all differences are equal and not zero.
     */
    public double effectSize() {
        int freedom = summary.count() - 1;
        if (freedom < 1) {
            return Double.NaN;
        }
        double d = summary.mean() == 0 ? 0 : summary.mean() / summary.deviation();
        return d * (1 - 3.0 / (4 * freedom - 1));
    }
}
