package org.bpfree.measure;

import java.util.List;
import java.util.Locale;

/**
 * Mean and spread of a figure over seeds.
 *
 * @param count how many values
 * @param mean arithmetic mean; NaN for no values
 * @param deviation sample standard deviation, with {@code count - 1} in the denominator; NaN for fewer than two values
 */
public record Statistics(int count, double mean, double deviation) {
    /** The statistics of some values. */
    public static Statistics of(List<Double> values) {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        // Differences from the mean, since sums of squares lose the digits in which accuracies differ.
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        double deviation = values.size() < 2 ? Double.NaN : Math.sqrt(squares / (values.size() - 1));
        return new Statistics(values.size(), mean, deviation);
    }

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
