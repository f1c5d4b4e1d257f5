package org.bpfree.binding;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The origin of each setting by its dotted path, such as {@code model.layers.2.filters}; the empty path is the whole file. */
public final class Origins {
    private final Map<String, Origin> byPath = new LinkedHashMap<>();

    void put(String path, Origin origin) {
        byPath.put(path, origin);
    }

    public Optional<Origin> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** The origin of a setting or, when it was left to its default, of the innermost block around it that was written down. */
    Origin nearest(String path) {
        for (String ancestor = path; ; ancestor = Paths.parent(ancestor)) {
            Origin origin = byPath.get(ancestor);
            if (origin != null && !(origin instanceof Origin.BuiltIn)) {
                return origin;
            }
            if (ancestor.isEmpty()) {
                return new Origin.InFile(1, 1);
            }
        }
    }

    /** Dotted paths. */
    public static final class Paths {
        private Paths() {}

        public static String child(String parent, String key) {
            return parent.isEmpty() ? key : parent + "." + key;
        }

        static String parent(String path) {
            return path.substring(0, Math.max(0, path.lastIndexOf('.')));
        }
    }
}
