package org.bpfree.tensor;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A thread that waits for shares of loops. A training step hands over many shares, most of them soon after each other, so it looks out
 * for the next one for a while before it sleeps: to wake a sleeping thread takes long, on virtual machines up to a millisecond.
 */
final class Helper extends Thread {
    /** How long a thread looks out and does nothing else. */
    private static final long ALERT_NANOS = 50_000;

    /** How long it then looks out, but lets other threads go first: longer than the pauses within a training step. */
    private static final long PATIENT_NANOS = 5_000_000;

    /** Looks between two looks at the clock. */
    private static final int LOOKS = 64;

    private IntConsumer body;
    private int share;
    private Throwable problem;
    private volatile Thread waiting; // for the share at hand; null when there is none
    private volatile boolean asleep; // or about to look once more before that

    Helper() {
        super("bpfree-helper");
        setDaemon(true);
    }

    /** Hands over share {@code i} of a loop; the one before must have been awaited. */
    void take(IntConsumer loop, int i) {
        body = loop;
        share = i;
        waiting = Thread.currentThread();
        if (asleep) {
            LockSupport.unpark(this);
        }
    }

    /** Waits for the share handed over. Returns what it threw, or null. */
    Throwable await() {
        lookOut(false);
        while (waiting != null) {
            LockSupport.park(this);
        }
        Throwable thrown = problem;
        problem = null;
        body = null;
        return thrown;
    }

    @Override
    public void run() {
        while (true) {
            lookOut(true);
            asleep = true;
            while (waiting == null) {
                LockSupport.park(this);
            }
            asleep = false;
            try {
                body.accept(share);
            } catch (Throwable e) { // Errors, too: the thread that waits throws it
                problem = e;
            }
            Thread waiter = waiting;
            waiting = null;
            LockSupport.unpark(waiter);
        }
    }

    private void lookOut(boolean forWork) {
        long since = System.nanoTime();
        for (long now = since; (waiting != null) != forWork && now - since < PATIENT_NANOS; now = System.nanoTime()) {
            if (now - since > ALERT_NANOS) {
                Thread.yield();
            }
            for (int look = 0; look < LOOKS && (waiting != null) != forWork; look++) {
                Thread.onSpinWait();
            }
        }
    }
}
