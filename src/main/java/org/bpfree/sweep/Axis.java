package org.bpfree.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpfree.binding.AnyValue;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.Range;
import org.bpfree.settings.Shorthand;

/**
 * The values that a setting takes: a list, or a range that is divided. Numbers between the ends of a range are rounded to four significant
 * digits.
 *
 * @param values one after another; a list may stand in place of the block
 * @param log first, last and number of values in equal ratios
 * @param linear first, last and number of values at equal distances
 * @param random values drawn from a range
 */
@Shorthand
public record Axis(
        @Doc("The values, one after another.") @Default("[]")
        List<AnyValue> values,

        @Doc("First, last and number of values in equal ratios, such as [1.0e-4, 1.0, 9].") @Default("null")
        Optional<List<Double>> log,

        @Doc("First, last and number of values at equal distances, such as [0, 0.5, 6].") @Default("null")
        Optional<List<Double>> linear,

        @Doc("Values drawn from a range.") @Default("null") Optional<Draws> random) {

    private static final MathContext DIGITS = new MathContext(4);
    private static final double INTEGERS = 1e9;

    /**
     * Values drawn from a range.
     *
     * @param log smallest and largest value, drawn with a uniform logarithm
     * @param linear smallest and largest value, drawn uniformly
     * @param draws how many
     * @param seed of the draws
     */
    public record Draws(
            @Doc("Smallest and largest value, drawn with a uniform logarithm.") @Default("null")
            Optional<List<Double>> log,

            @Doc("Smallest and largest value, drawn uniformly.") @Default("null")
            Optional<List<Double>> linear,

            @Doc("How many values are drawn.") @Range(min = 1, max = 10_000)
            int draws,

            @Doc("Seed of the draws.") @Default("0") long seed) {
        /** Checks that there is one range. */
        public Draws {
            if (log.isPresent() == linear.isPresent()) {
                throw new InvalidSetting("", "needs a range: either 'log: [from, to]' or 'linear: [from, to]'.");
            }
            log.ifPresent(range -> requireRange("log", range, 2, true));
            linear.ifPresent(range -> requireRange("linear", range, 2, false));
        }

        private Scale scale() {
            return log.map(ends -> new Scale(ends.get(0), ends.get(1), true))
                    .orElseGet(() -> new Scale(linear.get().get(0), linear.get().get(1), false));
        }
    }

    /** Checks that the values are told in one way. */
    public Axis {
        long ways = Stream.of(log, linear, random).filter(Optional::isPresent).count() + (values.isEmpty() ? 0 : 1);
        if (ways != 1) {
            throw new InvalidSetting(
                    "",
                    ways == 0
                            ? "has no values. Give at least one, as [0.1, 0.01], {log: [1.0e-4, 1.0, 9]} or"
                                    + " {linear: [0, 1, 5]}."
                            : "has its values told in " + ways
                                    + " ways. Keep one of 'values', 'log', 'linear' and 'random'.");
        }
        log.ifPresent(range -> requireRange("log", range, 3, true));
        linear.ifPresent(range -> requireRange("linear", range, 3, false));
    }

    private static void requireRange(String component, List<Double> range, int length, boolean positive) {
        String form = length == 3 ? "[from, to, number of values]" : "[from, to]";
        if (range.size() != length || range.stream().anyMatch(each -> !Double.isFinite(each))) {
            throw new InvalidSetting(
                    component,
                    "expected " + form + ", such as " + (length == 3 ? "[1.0e-4, 1.0, 9]" : "[1.0e-4, 1.0]") + ".");
        }
        if (positive && range.get(0) <= 0 || range.get(0) >= range.get(1)) {
            throw new InvalidSetting(
                    component, "expected " + form + " with " + (positive ? "0 < " : "") + "from < to.");
        }
        if (length == 3 && (range.get(2) != Math.rint(range.get(2)) || range.get(2) < 2 || range.get(2) > 10_000)) {
            throw new InvalidSetting(
                    component, "expected a whole number of values from 2 to 10000, not " + text(range.get(2)) + ".");
        }
    }

    /** The values as YAML, in order. */
    public List<String> texts() {
        if (!values.isEmpty()) {
            return values.stream().map(AnyValue::text).toList();
        }
        if (random.isPresent()) {
            SplittableRandom source = new SplittableRandom(random.get().seed());
            return IntStream.range(0, random.get().draws())
                    .mapToObj(i -> text(random.get().scale().at(source.nextDouble())))
                    .toList();
        }
        Scale scale = range().orElseThrow();
        int count = log.or(() -> linear).orElseThrow().get(2).intValue();
        return IntStream.range(0, count)
                .mapToObj(i -> text(scale.at((double) i / (count - 1))))
                .toList();
    }

    /** Where the value of a position stands in a file, below the setting; the setting itself where values are not listed. */
    String place(int position) {
        return values.isEmpty() ? "" : "." + position;
    }

    /** A value drawn at random: of the list, or of the whole range whatever its division. */
    public String draw(SplittableRandom source) {
        return range().map(scale -> text(scale.at(source.nextDouble())))
                .orElseGet(() -> texts().get(source.nextInt(texts().size())));
    }

    private Optional<Scale> range() {
        return log.map(ends -> new Scale(ends.get(0), ends.get(1), true))
                .or(() -> linear.map(ends -> new Scale(ends.get(0), ends.get(1), false)))
                .or(() -> random.map(Draws::scale));
    }

    /** A range of numbers. */
    private record Scale(double from, double to, boolean log) {
        /** The number at a share of the way, from 0 to 1. */
        double at(double share) {
            if (share == 0 || share == 1) {
                return share == 0 ? from : to;
            }
            double value = log ? from * Math.pow(to / from, share) : from + (to - from) * share;
            return new BigDecimal(value).round(DIGITS).doubleValue();
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < INTEGERS
                ? String.valueOf((long) value)
                : String.valueOf(value).toLowerCase(Locale.ROOT);
    }
}
