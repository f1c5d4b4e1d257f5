package org.bpfree.cli;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jline.utils.Signals;

/**
 * Turns Ctrl-C (SIGINT) and SIGTERM into a request to stop after the present batch. A second signal ends the process at once.
 */
final class StopSignal implements BooleanSupplier {
    /**
     * The system property of a process whose parent answers Ctrl-C: a terminal sends it to both, and what the parent sends then would
     * count as the second signal.
     */
    static final String LEAVES_INTERRUPTS = "bpfree.leavesInterruptsToParent";

    private static final int SIGNAL_BASE = 128;

    /** A signal and the exit code that tells of it. */
    private enum Kind {
        INT(SIGNAL_BASE + 2),
        TERM(SIGNAL_BASE + 15);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    private final AtomicReference<Kind> received = new AtomicReference<>();

    /** Starts listening. */
    static StopSignal install() {
        StopSignal stop = new StopSignal();
        for (Kind kind : Kind.values()) {
            if (kind == Kind.INT && Boolean.getBoolean(LEAVES_INTERRUPTS)) {
                Signals.register(kind.name(), () -> {});
                continue;
            }
            Signals.register(kind.name(), () -> {
                if (!stop.received.compareAndSet(null, kind)) {
                    Runtime.getRuntime().halt(kind.exitCode);
                }
            });
        }
        return stop;
    }

    /** Whether somebody asked for an end. */
    @Override
    public boolean getAsBoolean() {
        return received.get() != null;
    }

    /** The exit code of the process after the request. */
    int exitCode() {
        return received.get().exitCode;
    }
}
