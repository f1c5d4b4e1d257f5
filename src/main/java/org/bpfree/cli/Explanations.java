package org.bpfree.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of one kind of thing in formulas, as the resource files tell them: {@code == NAME}, the rule, {@code -- fails}, when it fails. */
final class Explanations {
    private static final String HEAD = "== ";
    private static final String FAILS = "-- fails";

    private final String symbols;
    private final Map<String, Rule> rules = new LinkedHashMap<>();

    /**
     * What is told of one.
     *
     * @param formulas lines, to be shown as they are
     * @param fails when it fails, a paragraph
     */
    record Rule(List<String> formulas, String fails) {}

    private Explanations(String text) {
        String[] parts = text.split("(?m)^" + HEAD);
        symbols = parts[0].strip();
        for (int i = 1; i < parts.length; i++) {
            int end = parts[i].indexOf('\n');
            String[] sides = parts[i].substring(end + 1).split(FAILS + "\n");
            rules.put(
                    parts[i].substring(0, end).strip(),
                    new Rule(sides[0].strip().lines().toList(), sides[1].strip()));
        }
    }

    /** Those of a kind: {@code learners}, {@code layers} or {@code optimizers}. */
    static Explanations of(String kind) {
        try (InputStream in = Explanations.class.getResourceAsStream("explain/" + kind + ".txt")) {
            return new Explanations(new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the symbols mean. */
    String symbols() {
        return symbols;
    }

    /** The rule of one, if it is told; those of plug-ins are not. */
    Optional<Rule> rule(String name) {
        return Optional.ofNullable(rules.get(name));
    }
}
