package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What a finished process left behind.
 *
 * @param command the words it was started with
 * @param exitCode how it ended
 * @param out standard output
 * @param err standard error
 */
record Outcome(List<String> command, int exitCode, String out, String err) {
    private static final String ERROR = "bpfree: error: ";

    /** Checks the exit code. */
    Outcome exits(int expected) {
        assertThat(exitCode).as(toString()).isEqualTo(expected);
        return this;
    }

    /** Checks that the process failed with one clear message that holds these words, and without a stack trace. */
    Outcome failsWith(int expected, String... words) {
        exits(expected);
        assertThat(err).as("standard error").contains(words);
        assertThat(err.split(ERROR, -1)).as("one error in " + err).hasSize(2);
        assertThat(err).as("no stack trace").doesNotContain("\tat ", "Exception:", "internal error");
        return this;
    }

    @Override
    public String toString() {
        return String.join(" ", command) + "\n--- standard output\n" + out + "--- standard error\n" + err
                + "--- exit code " + exitCode + "\n";
    }
}
