package org.bpfree.sweep;

import java.util.List;

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
}
