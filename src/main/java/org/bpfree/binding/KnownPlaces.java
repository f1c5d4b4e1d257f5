package org.bpfree.binding;

import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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
        walk((path, settings) -> {
            if (settings.stream().anyMatch(setting -> setting.name().equals(key))) {
                places.add(path.isEmpty() ? "top level" : path);
            }
        });
        return places.isEmpty() ? "" : " It belongs to " + join(places) + ".";
    }

    /** A sentence that names the blocks a misplaced type name belongs to, with a leading space; empty when it is known nowhere. */
    String ofType(String name) {
        Set<String> places = new LinkedHashSet<>();
        walk((path, settings) -> {
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
        void visit(String path, List<Setting> settings);
    }

    private record Place(Type type, String path) {}

    /** Visits every record of settings once, at its place nearest to the top. */
    private void walk(Visitor visitor) {
        Set<Class<?>> visited = new HashSet<>();
        Deque<Place> places = new ArrayDeque<>(List.of(new Place(root, "")));
        while (!places.isEmpty()) {
            Place place = places.remove();
            Class<?> raw = Setting.raw(place.type());
            if (raw == List.class || raw == Optional.class) {
                places.addFirst(new Place(Setting.argument(place.type()), place.path()));
            } else if (types.isFamily(raw)) {
                types.variants(raw).forEach((name, variant) -> {
                    if (visited.add(variant)) {
                        String shown = place.path() + " of type " + name;
                        visit(types.settings(raw, variant), shown, place.path(), places, visitor);
                    }
                });
            } else if (raw.isRecord() && visited.add(raw)) {
                visit(types.settings(raw.asSubclass(Record.class)), place.path(), place.path(), places, visitor);
            }
        }
    }

    private static void visit(List<Setting> settings, String shown, String path, Deque<Place> places, Visitor visitor) {
        visitor.visit(shown, settings);
        for (Setting setting : settings) {
            places.add(new Place(setting.type(), Origins.Paths.child(path, setting.name())));
        }
    }
}
