package org.bpfree.cli.console;

/** How training shows where it stands. */
public enum ProgressMode {
    /** A bar on a terminal, plain lines elsewhere. */
    auto,
    /** A bar with the time left. */
    bar,
    /** A line an epoch, and one every half minute within long epochs. */
    plain,
    /** Nothing but messages. */
    none;

    /** The mode to use for a stream that is, or is not, a terminal. */
    public ProgressMode resolve(boolean terminal) {
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        return this != auto ? this : terminal && !dumb ? bar : plain;
    }
}
