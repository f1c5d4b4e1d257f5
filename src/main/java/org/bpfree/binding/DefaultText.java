package org.bpfree.binding;

import java.util.List;

/** Reads the YAML text of {@link org.bpfree.settings.Default}. */
final class DefaultText {
    private static final Origin BUILT_IN = new Origin.BuiltIn();

    private DefaultText() {}

    static YamlNode parse(String text) {
        // Most defaults are a single word; starting the YAML parser for each would cost more than the whole experiment
        // file.
        if (text.equals("[]")) {
            return new YamlNode.Sequence(List.of(), BUILT_IN);
        }
        if (text.equals("{}")) {
            return new YamlNode.Mapping(List.of(), BUILT_IN);
        }
        if (text.equals("''")) {
            return new YamlNode.Scalar("", false, BUILT_IN);
        }
        if (!text.isEmpty() && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-')) {
            return new YamlNode.Scalar(text, true, BUILT_IN);
        }
        Problems problems = new Problems(new Source("@Default", text, List.of()), new Origins());
        YamlNode node =
                YamlReader.value(text, "", (line, column) -> BUILT_IN, problems).orElse(null);
        if (node == null || !problems.isEmpty()) {
            throw new IllegalStateException("not a default: " + text);
        }
        return node;
    }
}
