package org.bpfree.binding;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where in an experiment a key or a type name belongs; asked only once something is wrong. */
final class KnownPlaces {
    private static final int SHOWN = 3;

    private final SettingsTypes types;
    private final Class<?> root;

    KnownPlaces(SettingsTypes types, Class<?> root) {
        this.types = types;
        this.root = root;
    }

    /** A sentence that names the blocks a misplaced key belongs to, with a leading space; empty when it is known nowhere. */
    String ofKey(String key) {
        Set<String> places = new LinkedHashSet<>();
        walk(root, "", new HashSet<>(), (path, record) -> {
            if (types.settings(record).stream()
                    .anyMatch(setting -> setting.name().equals(key))) {
                places.add(path.isEmpty() ? "top level" : path);
            }
        });
        return places.isEmpty() ? "" : " It belongs to " + join(places) + ".";
    }

    /** A sentence that names the blocks a misplaced type name belongs to, with a leading space; empty when it is known nowhere. */
    String ofType(String name) {
        Set<String> places = new LinkedHashSet<>();
        walk(root, "", new HashSet<>(), (path, record) -> {
            if (path.endsWith("type " + name)) {
                places.add(path.substring(0, path.lastIndexOf(" of type ")));
            }
        });
        return places.isEmpty() ? "" : " '" + name + "' is a type of " + join(places) + ".";
    }

    private static String join(Set<String> places) {
        List<String> shown = new ArrayList<>(places);
        String more = shown.size() > SHOWN ? ", ..." : "";
        return String.join(", ", shown.subList(0, Math.min(SHOWN, shown.size()))) + more;
    }

    private interface Visitor {
        void visit(String path, Class<? extends Record> record);
    }

    private void walk(Type type, String path, Set<Class<?>> visited, Visitor visitor) {
        Class<?> raw = Setting.raw(type);
        if (raw == List.class || raw == Optional.class) {
            walk(Setting.argument(type), path, visited, visitor);
        } else if (types.isFamily(raw)) {
            for (Map.Entry<String, Class<? extends Record>> variant :
                    types.variants(raw).entrySet()) {
                record(variant.getValue(), path + " of type " + variant.getKey(), path, visited, visitor);
            }
        } else if (raw.isRecord()) {
            record(raw.asSubclass(Record.class), path, path, visited, visitor);
        }
    }

    private void record(
            Class<? extends Record> record, String shown, String path, Set<Class<?>> visited, Visitor visitor) {
        if (!visited.add(record)) {
            return;
        }
        visitor.visit(shown, record);
        for (Setting setting : types.settings(record)) {
            walk(setting.type(), Origins.Paths.child(path, setting.name()), visited, visitor);
        }
    }
}
