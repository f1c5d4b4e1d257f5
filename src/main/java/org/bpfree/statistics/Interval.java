package org.bpfree.statistics;

import java.util.Locale;

/**
 * An interval of confidence; both ends are NaN where there are too few values for one.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {
    /** The share of intervals that hold the true mean, for means of normally distributed values. */
    public static final double LEVEL = 0.95;

    /** No interval. */
    public static final Interval NONE = new Interval(Double.NaN, Double.NaN);

    /** Whether there is one. */
    public boolean isKnown() {
        return !Double.isNaN(low);
    }

    /** For tables: {@code [0.71, 0.74]}, a dash where there is none. */
    public String text(double scale, String format) {
        return isKnown()
                ? "[" + String.format(Locale.ROOT, format, scale * low) + ", "
                        + String.format(Locale.ROOT, format, scale * high) + "]"
                : "–";
    }
}
