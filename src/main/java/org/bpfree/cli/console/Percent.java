package org.bpfree.cli.console;

import java.util.Locale;

/** Shares as people read them. */
public final class Percent {
    private Percent() {}

    /** Such as {@code 81.25 %}; a dash where nothing was counted. */
    public static String of(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
