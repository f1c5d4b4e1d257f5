package org.bpfree.statistics;

import java.util.List;
import java.util.Locale;

/**
 * Mean and spread of a figure over seeds.
 *
 * @param count how many values
 * @param mean arithmetic mean; NaN for no values
 * @param deviation sample standard deviation, with {@code count - 1} in the denominator; NaN for fewer than two values
 */
public record Summary(int count, double mean, double deviation) {
    /** The summary of some values. */
    public static Summary of(List<Double> values) {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        // Differences from the mean, since sums of squares lose the digits in which accuracies differ.
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        double deviation = values.size() < 2 ? Double.NaN : Math.sqrt(squares / (values.size() - 1));
        return new Summary(values.size(), mean, deviation);
    }

    /** Standard error of the mean; NaN for fewer than two values. */
    public double standardError() {
        return deviation / Math.sqrt(count);
    }

    /** The interval of confidence of the mean by Student's t distribution, see {@link Interval#LEVEL}; none for fewer than two values. */
    public Interval interval() {
        if (count < 2) {
            return Interval.NONE;
        }
        double half = StudentT.quantile(count - 1) * standardError();
        return new Interval(mean - half, mean + half);
    }

    /**
     * Two-sided probability, under Student's t distribution, of a mean at least as far from a value as this one, were the value the true
     * mean; NaN for fewer than two values.
     */
    public double pValue(double value) {
        if (count < 2) {
            return Double.NaN;
        }
        if (deviation == 0) {
            return mean == value ? 1 : 0;
        }
        return StudentT.twoSided((mean - value) / standardError(), count - 1);
    }

    /**
     * How many values with this deviation give an interval of at most {@code mean} plus or minus {@code halfWidth}.
     *
     * @return at least 2; 0 where the deviation is not known, or no number up to 10,000 suffices
     */
    public int countFor(double halfWidth) {
        if (Double.isNaN(deviation)) {
            return 0;
        }
        for (int n = 2; n <= MOST; n++) {
            if (StudentT.quantile(n - 1) * deviation / Math.sqrt(n) <= halfWidth) {
                return n;
            }
        }
        return 0;
    }

    private static final int MOST = 10_000;

    /**
     * For tables: {@code mean ± deviation}, the mean alone of one value, a dash of none.
     *
     * @param scale what a value is multiplied by, such as 100 for a fraction shown in percent
     * @param format of a number, as {@link String#format} takes it
     */
    public String text(double scale, String format) {
        if (count == 0) {
            return "–";
        }
        String text = String.format(Locale.ROOT, format, scale * mean);
        return count == 1 ? text : text + " ± " + String.format(Locale.ROOT, format, scale * deviation);
    }
}
