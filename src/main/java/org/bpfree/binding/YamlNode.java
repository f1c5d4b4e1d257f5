package org.bpfree.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A YAML value that knows where it came from. Immutable, so that an alias and its anchor may share one. */
public sealed interface YamlNode {
    /** Where it was written. */
    Origin origin();

    /**
     * A single value.
     *
     * @param text without quotes
     * @param plain false when it was written in quotes or as a block of text
     */
    record Scalar(String text, boolean plain, Origin origin) implements YamlNode {
        /** Whether nothing was written at all, as in {@code learner:}. */
        boolean isEmpty() {
            return plain && text.isEmpty();
        }

        /** Whether this is YAML's null, written or implied. */
        boolean isNull() {
            return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }
    }

    /** A value that was already reported as wrong; it stands in the way of "is missing". */
    record Broken(Origin origin) implements YamlNode {}

    /** A list. */
    record Sequence(List<YamlNode> items, Origin origin) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Keys and values in the order of the file; no key occurs twice. */
    record Mapping(List<Entry> entries, Origin origin) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        Optional<Entry> find(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }

        /** This mapping with an entry replaced, or added at the end. */
        Mapping with(Entry replacement) {
            List<Entry> changed = new ArrayList<>(entries);
            for (int i = 0; i < changed.size(); i++) {
                if (changed.get(i).key().equals(replacement.key())) {
                    changed.set(i, replacement);
                    return new Mapping(changed, origin);
                }
            }
            changed.add(replacement);
            return new Mapping(changed, origin);
        }
    }

    /** A key with its value. */
    record Entry(String key, Origin keyOrigin, YamlNode value) {}
}
