package org.bpfree.binding;

/** Where a value of an experiment comes from. Ordered: the file from top to bottom, then overrides, then defaults. */
public sealed interface Origin extends Comparable<Origin> {
    /**
     * The experiment file.
     *
     * @param line counted from 1
     * @param column counted from 1
     */
    record InFile(int line, int column) implements Origin {}

    /**
     * An option {@code --set}.
     *
     * @param index which of the options, counted from 0
     * @param column position in the option's value, counted from 1
     */
    record InOverride(int index, int column) implements Origin {}

    /** The default of a setting that was left out. */
    record BuiltIn() implements Origin {}

    @Override
    default int compareTo(Origin other) {
        return Long.compare(rank(), other.rank());
    }

    private long rank() {
        if (this instanceof InFile file) {
            return ((long) file.line() << 24) + file.column();
        }
        return this instanceof InOverride override
                ? (1L << 60) + ((long) override.index() << 24) + override.column()
                : Long.MAX_VALUE;
    }
}
