package org.bpfree.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports keys that nothing reads, with the best advice there is: the nearest name, or the block or type the key belongs to. */
final class UnknownKeys {
    private final SettingsTypes types;
    private final KnownPlaces places;
    private final Problems problems;

    UnknownKeys(SettingsTypes types, KnownPlaces places, Problems problems) {
        this.types = types;
        this.places = places;
        this.problems = problems;
    }

    /** Reports the keys of a block that its record does not have. */
    void report(Class<? extends Record> record, Optional<Class<?>> family, YamlNode.Mapping mapping, String path) {
        List<String> known = new ArrayList<>(family.isPresent() ? List.of("type") : List.of());
        types.settings(record).forEach(setting -> known.add(setting.name()));
        for (YamlNode.Entry entry : mapping.entries()) {
            if (!known.contains(entry.key())) {
                String advice = family.flatMap(types -> otherVariant(types, record, entry, mapping, path))
                        .orElseGet(() -> advice(entry.key(), known));
                problems.add(
                        entry.keyOrigin(),
                        Origins.Paths.child(path, entry.key()),
                        "unknown key. Known here: " + String.join(", ", known) + "." + advice);
            }
        }
    }

    /** A hint for a type name that belongs to another block. */
    String misplacedType(String name) {
        return places.ofType(name);
    }

    private String advice(String key, List<String> known) {
        String near = Nearest.question(key, known);
        return near.isEmpty() ? places.ofKey(key) : near;
    }

    private Optional<String> otherVariant(
            Class<?> family,
            Class<? extends Record> record,
            YamlNode.Entry entry,
            YamlNode.Mapping mapping,
            String path) {
        List<String> owners = types.variants(family).entrySet().stream()
                .filter(variant -> types.settings(variant.getValue()).stream()
                        .anyMatch(s -> s.name().equals(entry.key())))
                .map(Map.Entry::getKey)
                .toList();
        if (owners.isEmpty()) {
            return Optional.empty();
        }
        String type = SettingsTypes.typeName(record);
        Origin chosen = mapping.find("type").orElseThrow().value().origin();
        if (chosen instanceof Origin.InOverride && entry.keyOrigin() instanceof Origin.InFile) {
            return Optional.of(" --set chose the type '" + type
                    + "', but left the other keys of the block. Replace the whole block: --set '" + path + "={type: "
                    + type + "}'.");
        }
        return Optional.of(" It belongs to type " + String.join(", ", owners) + ", but this is type " + type + ".");
    }
}
