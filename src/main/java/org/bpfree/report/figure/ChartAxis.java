package org.bpfree.report.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An axis of a chart.
 *
 * @param title with the unit
 * @param low where it begins
 * @param high where it ends, above the beginning
 * @param logarithmic whether equal ratios are equally far apart; only for a beginning above 0
 * @param ticks where lines and numbers stand; round numbers when empty
 */
public record ChartAxis(String title, double low, double high, boolean logarithmic, List<Double> ticks) {
    private static final double WIDE =
            8; // the ratio of the largest to the smallest value from which an axis is logarithmic
    private static final int MOST_TICKS = 9;
    private static final double LEAST_APART = 0.06; // as a share of the axis

    /** An axis of numbers. */
    public static ChartAxis of(String title, double low, double high) {
        return new ChartAxis(title, low, high > low ? high : low + 1, false, List.of());
    }

    /** An axis from zero to a round number at or above the largest value. */
    public static ChartAxis fromZero(String title, double[] values) {
        double most = Arrays.stream(values).filter(Double::isFinite).max().orElse(1);
        double step = step(most > 0 ? most : 1, 4);
        return of(title, 0, most > 0 ? step * Math.ceil(most / step * (1 - 1e-9)) : 1);
    }

    /**
     * An axis with the settings that were measured, each of which has its tick where they are few: logarithmic where they are positive and
     * far apart.
     *
     * @param values at least one, all finite
     */
    public static ChartAxis ofValues(String title, double[] values) {
        double[] sorted = Arrays.stream(values).sorted().distinct().toArray();
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        boolean logarithmic = low > 0 && high / low >= WIDE;
        if (high == low) {
            return new ChartAxis(title, low - 0.5, low + 0.5, false, List.of(low));
        }
        ChartAxis axis = new ChartAxis(title, low, high, logarithmic, List.of());
        double last = Double.NEGATIVE_INFINITY;
        List<Double> ticks = new ArrayList<>();
        for (double value : sorted) {
            if (axis.share(value) - last >= LEAST_APART) {
                ticks.add(value);
                last = axis.share(value);
            }
        }
        return ticks.size() <= MOST_TICKS ? new ChartAxis(title, low, high, logarithmic, ticks) : axis;
    }

    /** Where a value lies: 0 at the beginning, 1 at the end. */
    double share(double value) {
        return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    /** Where lines and numbers stand. */
    List<Double> shown(int about) {
        if (!ticks.isEmpty()) {
            return ticks;
        }
        List<Double> round = new ArrayList<>();
        if (logarithmic) {
            for (double power = Math.pow(10, Math.ceil(Math.log10(low) - 1e-9));
                    power <= high * (1 + 1e-9);
                    power *= 10) {
                round.add(power);
            }
            return round;
        }
        double step = step(high - low, about);
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            round.add(i * step);
        }
        return round;
    }

    /** 1, 2 or 5 times a power of ten, so that a span has about so many steps. */
    private static double step(double span, int about) {
        double raw = span / about;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double digit = raw / power;
        return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
    }

    /** A number of the axis in as few digits as it needs. */
    static String text(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e6)) {
            return String.format(Locale.ROOT, "%.0e", value).replace("-", "−");
        }
        String text = String.format(Locale.ROOT, "%.6f", value).replaceFirst("\\.?0+$", "");
        return text.equals("-0") ? "0" : text.replace("-", "−");
    }
}
