package org.bpfree.tensor;

/**
 * A computation bound to the tensors it reads and writes. Binding happens once for each network and batch size; running allocates
 * nothing, on or off the Java heap, beyond what a routine documents.
 */
@FunctionalInterface
public interface Routine {
    /** Reads the inputs and overwrites the outputs. */
    void run();

    /** Does nothing. */
    Routine NOTHING = () -> {};

    /** This routine followed by another. */
    default Routine then(Routine next) {
        if (this == NOTHING) {
            return next;
        }
        return next == NOTHING
                ? this
                : () -> {
                    run();
                    next.run();
                };
    }
}
