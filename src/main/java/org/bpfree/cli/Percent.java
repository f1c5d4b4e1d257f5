package org.bpfree.cli;

import java.util.Locale;

/** Shares as people read them. */
final class Percent {
    private Percent() {}

    /** Such as {@code 81.25 %}; a dash where nothing was counted. */
    static String of(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
