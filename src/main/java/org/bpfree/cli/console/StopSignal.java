package org.bpfree.cli.console;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.bpfree.run.StopRequest;
import org.jline.utils.Signals;

/**
 * Turns what asks a process to end into a request to stop after the present batch: Ctrl-C (SIGINT), SIGTERM, a terminal that is closed
 * (SIGHUP; ignored below {@code nohup}, as Java leaves an ignored signal ignored) and the warnings of cluster schedulers (SIGUSR1,
 * SIGUSR2). A second SIGINT or SIGTERM ends the process at once. Signals that a system lacks are left out.
 */
public final class StopSignal implements StopRequest {
    /**
     * The system property of a process whose parent answers Ctrl-C: a terminal sends it to both, and what the parent sends then would
     * count as the second signal. The same goes for all signals but SIGTERM, which is what parents send.
     */
    public static final String LEAVES_INTERRUPTS = "bpfree.leavesInterruptsToParent";

    /** Exit codes for the help of commands; numbers of Linux. */
    public static final String EXIT_CODES =
            "129-143:ended by a signal, after the present batch and a checkpoint: 129 SIGHUP, 130 SIGINT"
                    + " (Ctrl-C), 138 SIGUSR1, 140 SIGUSR2, 143 SIGTERM. A second SIGINT or SIGTERM ends at once; 'nohup' keeps"
                    + " SIGHUP away.";

    private static final int SIGNAL_BASE = 128;
    private static final boolean MAC =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");

    /** A signal and the exit code that tells of it. */
    private enum Kind {
        INT(2, true),
        TERM(15, true),
        HUP(1, false),
        USR1(MAC ? 30 : 10, false),
        USR2(MAC ? 31 : 12, false);

        private final int exitCode;
        private final boolean insists; // shells and schedulers repeat the others by themselves

        Kind(int number, boolean insists) {
            this.exitCode = SIGNAL_BASE + number;
            this.insists = insists;
        }
    }

    private final AtomicReference<Kind> received = new AtomicReference<>();
    private final AtomicBoolean insisted = new AtomicBoolean();

    /** Starts listening. */
    public static StopSignal install() {
        StopSignal stop = new StopSignal();
        for (Kind kind : Kind.values()) {
            if (kind != Kind.TERM && Boolean.getBoolean(LEAVES_INTERRUPTS)) {
                Signals.register(kind.name(), () -> {});
            } else {
                Signals.register(kind.name(), () -> stop.receive(kind));
            }
        }
        return stop;
    }

    private void receive(Kind kind) {
        received.compareAndSet(null, kind);
        if (kind.insists && !insisted.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(kind.exitCode);
        }
    }

    /** Whether somebody asked for an end. */
    @Override
    public boolean getAsBoolean() {
        return received.get() != null;
    }

    /** The exit code of the process after the request. */
    @Override
    public int exitCode() {
        return received.get().exitCode;
    }
}
