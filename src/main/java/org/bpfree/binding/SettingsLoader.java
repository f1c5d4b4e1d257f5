package org.bpfree.binding;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a YAML file into a settings record, with the same rules and messages as an experiment. */
public final class SettingsLoader {
    private final SettingsTypes types;
    private Sound last; // a sweep reads one text with thousands of overrides

    /** A text that YAML has nothing against, and its root. */
    private record Sound(String text, YamlNode root) {}

    /** A loader that knows the given types. */
    public SettingsLoader(SettingsTypes types) {
        this.types = types;
    }

    /** The keys at the top of a text; none where it is no block of settings. */
    public static Set<String> keys(String text) {
        Problems problems = new Problems(new Source("", text, List.of()), new Origins());
        return YamlReader.document(text, problems)
                .filter(YamlNode.Mapping.class::isInstance)
                .map(YamlNode.Mapping.class::cast)
                .map(block -> block.entries().stream().map(YamlNode.Entry::key).collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    /**
     * Reads a text.
     *
     * @param name how messages call the text
     * @param type the record whose components are the keys of the file
     * @param what the file holds, for messages, such as {@code a sweep}
     * @throws org.bpfree.failure.Failure with all problems
     */
    public <T extends Record> LoadedSettings<T> load(Class<T> type, String name, String text, String what) {
        Source source = new Source(name, text, List.of());
        Origins origins = new Origins();
        Problems problems = new Problems(source, origins);
        Optional<T> settings = bind(type, source, origins, problems, what + ".");
        problems.throwIfAny();
        return new LoadedSettings<>(settings.orElseThrow(), source, origins);
    }

    /**
     * Binds the text of a source with its overrides.
     *
     * @param expected what an empty file should have held, with the end of the sentence
     * @return the record, or nothing when there was a problem
     */
    public <T extends Record> Optional<T> bind(
            Class<T> type, Source source, Origins origins, Problems problems, String expected) {
        Optional<YamlNode> root = document(source.text(), problems);
        if (root.isEmpty() && problems.isEmpty() || root.isPresent() && isNull(root.get())) {
            root = Optional.empty();
            problems.add(new Origin.InFile(1, 1), "", "the file is empty, expected " + expected);
        }
        YamlNode merged = new Overrides(problems)
                .merge(root.orElse(new YamlNode.Mapping(List.of(), new Origin.InFile(1, 1))), source.overrides());
        return root.isEmpty() ? Optional.empty() : new Binder(types, type, problems, origins).bind(type, merged);
    }

    private Optional<YamlNode> document(String text, Problems problems) {
        if (last != null && last.text().equals(text)) {
            return Optional.of(last.root());
        }
        Optional<YamlNode> root = YamlReader.document(text, problems);
        if (problems.isEmpty()) {
            root.ifPresent(sound -> last = new Sound(text, sound));
        }
        return root;
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.isNull();
    }
}
