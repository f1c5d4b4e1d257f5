package org.bpfree.sweep;

import java.util.Locale;

/** How a cell stands. */
public enum CellState {
    /** It has a result. */
    DONE,
    /** A process is at work on it. */
    RUNNING,
    /** Its last process ended with an error. */
    FAILED,
    /** Training produced NaN or infinity; it would do so again. */
    DIVERGED,
    /** It was stopped or killed, and goes on from its last checkpoint. */
    INTERRUPTED,
    /** Nobody has begun it. */
    MISSING;

    /** Whether running the cell again would change nothing. */
    public boolean isFinal() {
        return this == DONE || this == DIVERGED;
    }

    /** The state as users write it: {@code done}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
