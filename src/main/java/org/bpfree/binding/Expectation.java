package org.bpfree.binding;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bpfree.settings.Range;
import org.bpfree.settings.Shorthand;

/** Says in words what a setting may be. */
public final class Expectation {
    private final SettingsTypes types;

    public Expectation(SettingsTypes types) {
        this.types = types;
    }

    /** Such as {@code a whole number, at least 1}. */
    public String of(Type type, Optional<Range> range) {
        Class<?> raw = Setting.raw(type);
        if (raw == Optional.class) {
            return of(Setting.argument(type), range);
        }
        if (raw == AnyValue.class) {
            return "a value";
        }
        if (raw == Map.class) {
            return "a block of keys, each with " + of(Setting.argument(type, 1), range);
        }
        if (raw == List.class) {
            Class<?> element = Setting.raw(Setting.argument(type));
            return types.isFamily(element)
                    ? "a list of blocks with the key 'type'"
                    : "a list, each " + of(Setting.argument(type), range);
        }
        String limits = range.map(Expectation::limits).map(text -> ", " + text).orElse("");
        if (raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class) {
            return "a whole number" + limits;
        }
        if (raw == double.class || raw == Double.class) {
            return "a number" + limits;
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return "true or false";
        }
        if (raw == String.class) {
            return "a text";
        }
        if (raw.isEnum()) {
            return oneOf(constants(raw));
        }
        if (types.isFamily(raw) && raw.isAnnotationPresent(Shorthand.class)) {
            return oneOf(List.copyOf(types.variants(raw).keySet()));
        }
        if (!types.isFamily(raw) && raw.isAnnotationPresent(Shorthand.class)) {
            Setting first = types.settings(raw.asSubclass(Record.class)).get(0);
            return of(first.type(), first.range()) + ", or a block of settings";
        }
        return types.isFamily(raw)
                ? "a block with the key 'type', "
                        + oneOf(List.copyOf(types.variants(raw).keySet()))
                : "a block of settings";
    }

    /** Such as {@code one of a, b, c}. */
    static String oneOf(List<String> names) {
        return "one of " + String.join(", ", names);
    }

    /** The names of an enum's constants as experiment files write them. */
    public static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> Setting.nameOf((Enum<?>) constant))
                .toList();
    }

    /** Whether a number is in a range. */
    static boolean contains(Range range, double number) {
        boolean low = range.aboveMin() ? number > range.min() : number >= range.min();
        boolean high = range.belowMax() ? number < range.max() : number <= range.max();
        return low && high;
    }

    private static String limits(Range range) {
        String low =
                Double.isInfinite(range.min()) ? "" : (range.aboveMin() ? "above " : "at least ") + number(range.min());
        String high =
                Double.isInfinite(range.max()) ? "" : (range.belowMax() ? "below " : "at most ") + number(range.max());
        return low + (low.isEmpty() || high.isEmpty() ? "" : " and ") + high;
    }

    private static String number(double limit) {
        return limit == Math.rint(limit) && Math.abs(limit) < 1e15
                ? String.valueOf((long) limit)
                : String.valueOf(limit).toLowerCase(Locale.ROOT);
    }
}
