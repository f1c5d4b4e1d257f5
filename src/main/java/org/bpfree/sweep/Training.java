package org.bpfree.sweep;

import java.util.List;

/** Trains one run in this process. */
@FunctionalInterface
public interface Training {
    /**
     * How training ended.
     *
     * @param exitCode as of the command {@code train}
     * @param message what went wrong, empty for nothing
     */
    record Ending(int exitCode, String message) {}

    /** Runs the command {@code train} with these arguments. */
    Ending train(List<String> arguments);
}
