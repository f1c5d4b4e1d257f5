package org.bpfree.binding;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an experiment was read from, as the user wrote it.
 *
 * @param file the name of the file
 * @param text its content
 * @param overrides the values of the options {@code --set}
 */
public record Source(String file, String text, List<String> overrides) {
    private static final int WIDTH = 160;

    public Source {
        overrides = List.copyOf(overrides);
    }

    /** The settings that the options {@code --set} give a value. */
    public Stream<String> overridden() {
        return overrides.stream().map(override -> override.substring(0, Math.max(0, override.indexOf('=')))
                .strip());
    }

    /** The beginning of a message: where. */
    String locate(Origin origin, String path) {
        String colon = path.isEmpty() ? "" : path + ": ";
        if (origin instanceof Origin.InFile at) {
            return file + ":" + at.line() + ":" + at.column() + ": " + colon;
        }
        return origin instanceof Origin.InOverride ? "--set " + colon : file + ": " + colon;
    }

    /** The line at an origin with a caret below the place, or nothing when there is no such line. */
    String excerpt(Origin origin) {
        if (origin instanceof Origin.InFile at) {
            List<String> lines = text.lines().toList();
            return at.line() <= lines.size() ? excerpt(lines.get(at.line() - 1), at.column()) : "";
        }
        return origin instanceof Origin.InOverride at ? excerpt(overrides.get(at.index()), at.column()) : "";
    }

    private static String excerpt(String whole, int column) {
        if (whole.isBlank()) {
            return "";
        }
        int[] points = whole.codePoints().toArray();
        int begin = points.length > WIDTH ? Math.max(0, Math.min(column - WIDTH / 2, points.length - WIDTH)) : 0;
        int shown = Math.min(WIDTH, points.length - begin);
        StringBuilder below = new StringBuilder();
        for (int i = begin; i < column - 1; i++) {
            // A tab stays a tab, so that the caret is right whatever width the terminal gives it.
            below.append(i < points.length && points[i] == '\t' ? '\t' : ' ');
        }
        return "\n    " + new String(points, begin, shown) + "\n    " + below + "^";
    }
}
