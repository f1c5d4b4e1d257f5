package org.bpfree.binding;

import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.bpfree.settings.Range;

/** Reads single values: numbers, truth values, texts and names of enum constants. */
final class ScalarReader {
    // The number forms of YAML 1.2, without .inf and .nan, which no setting may be.
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final int SHOWN = 60;

    private final Expectation expectation;

    ScalarReader(Expectation expectation) {
        this.expectation = expectation;
    }

    /** The value, or nothing after telling what is wrong. */
    Optional<Object> read(Type type, Optional<Range> range, YamlNode.Scalar scalar, Consumer<String> problem) {
        Class<?> raw = (Class<?>) type;
        if (raw == String.class) {
            return Optional.of(scalar.text());
        }
        if (raw.isEnum()) {
            return constant(raw, scalar, problem);
        }
        Optional<? extends Object> value = scalar.plain() ? parse(raw, scalar.text()) : Optional.empty();
        if (value.isEmpty()) {
            boolean quoted = !scalar.plain() && parse(raw, scalar.text()).isPresent();
            String what = quoted ? " in quotes is a text" : " is not allowed";
            problem.accept(quote(scalar.text()) + what + ", expected " + expectation.of(type, range) + "."
                    + (quoted ? " Remove the quotes." : ""));
            return Optional.empty();
        }
        if (range.isPresent()
                && value.get() instanceof Number number
                && !Expectation.contains(range.get(), number.doubleValue())) {
            problem.accept(scalar.text() + " is out of range, expected " + expectation.of(type, range) + ".");
            return Optional.empty();
        }
        return Optional.of(value.get());
    }

    private static Optional<? extends Object> parse(Class<?> raw, String text) {
        if (raw == int.class || raw == Integer.class) {
            return whole(text)
                    .filter(number -> number.bitLength() < Integer.SIZE)
                    .map(BigInteger::intValue);
        }
        if (raw == long.class || raw == Long.class) {
            return whole(text).filter(number -> number.bitLength() < Long.SIZE).map(BigInteger::longValue);
        }
        if (raw == double.class || raw == Double.class) {
            return DECIMAL.matcher(text).matches()
                    ? Optional.of(Double.valueOf(text)).filter(Double::isFinite)
                    : Optional.empty();
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return switch (text) {
                case "true", "True", "TRUE" -> Optional.of(true);
                case "false", "False", "FALSE" -> Optional.of(false);
                default -> Optional.empty();
            };
        }
        throw new IllegalStateException("settings cannot be of type " + raw.getName());
    }

    private static Optional<BigInteger> whole(String text) {
        return WHOLE.matcher(text).matches() ? Optional.of(new BigInteger(text)) : Optional.empty();
    }

    private static Optional<Object> constant(Class<?> raw, YamlNode.Scalar scalar, Consumer<String> problem) {
        for (Object constant : raw.getEnumConstants()) {
            if (Setting.nameOf((Enum<?>) constant).equals(scalar.text())) {
                return Optional.of(constant);
            }
        }
        problem.accept(
                quote(scalar.text()) + " is not allowed, expected " + Expectation.oneOf(Expectation.constants(raw))
                        + "." + Nearest.question(scalar.text(), Expectation.constants(raw)));
        return Optional.empty();
    }

    /** A value for a message, cut when it is long. */
    static String quote(String text) {
        String line = text.replace('\n', ' ');
        return "'" + (line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line) + "'";
    }
}
