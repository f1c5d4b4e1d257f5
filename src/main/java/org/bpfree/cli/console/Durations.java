package org.bpfree.cli.console;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
public final class Durations {
    private Durations() {}

    /** {@code 1:02:03} or {@code 2:03}. */
    public static String format(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1000.0);
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
