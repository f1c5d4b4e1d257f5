package org.bpfree.tensor;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A thread that waits for shares of loops. A training step hands over many shares, most of them soon after each other, so it looks out
 * for the next one for a while before it sleeps: to wake a sleeping thread takes long, on virtual machines up to a millisecond. Who hands
 * a share over takes it back where the helper has not begun it by the time it is awaited, because it sleeps or has lost its processor, so
 * that nobody waits for a thread that does nothing.
 */
final class Helper extends Thread {
    /** How long a thread looks out and does nothing else. */
    private static final long ALERT_NANOS = 50_000;

    /** How long it then looks out, but lets other threads go first: longer than the pauses within a training step. */
    private static final long PATIENT_NANOS = 5_000_000;

    /** Looks between two looks at the clock. */
    private static final int LOOKS = 64;

    private enum State {
        /** There is no share, or the last one is done. */
        FREE,
        /** A share is there to be taken. */
        OFFERED,
        /** The helper works on it. */
        BUSY
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.FREE);
    private IntConsumer body;
    private int share;
    private Throwable problem;
    private volatile int offers; // number of shares ever handed over; written by those who hand over
    private volatile boolean asleep; // or about to look once more before that
    private volatile Thread waiter; // asleep, too, or about to

    Helper() {
        super("bpfree-helper");
        setDaemon(true);
    }

    /** Hands over share {@code i} of a loop; the one before must have been awaited. */
    void take(IntConsumer loop, int i) {
        body = loop;
        share = i;
        offers++; // by one thread at a time
        state.set(State.OFFERED);
        if (asleep) {
            LockSupport.unpark(this);
        }
    }

    /** Does the share handed over, if the helper has not begun it, or waits for it. Returns what it threw, or null. */
    Throwable await() {
        if (state.compareAndSet(State.OFFERED, State.BUSY)) {
            work();
            state.set(State.FREE);
        } else {
            lookOut(State.FREE);
            waiter = Thread.currentThread();
            while (state.get() != State.FREE) {
                LockSupport.park(this);
            }
            waiter = null;
        }
        Throwable thrown = problem;
        problem = null;
        body = null;
        return thrown;
    }

    private void work() {
        try {
            body.accept(share);
        } catch (Throwable e) { // Errors, too: the thread that waits throws it
            problem = e;
        }
    }

    @Override
    public void run() {
        while (true) {
            lookOut(State.OFFERED);
            asleep = true;
            if (state.get() != State.OFFERED) {
                LockSupport.park(this); // and look out again, also when the share that woke it is done by now
            }
            asleep = false;
            if (state.compareAndSet(State.OFFERED, State.BUSY)) {
                work();
                state.set(State.FREE);
                LockSupport.unpark(waiter);
            }
        }
    }

    /** Looks out for a state, for a while after the last share was handed over, whoever did it. */
    private void lookOut(State wanted) {
        long since = System.nanoTime();
        int seen = offers;
        for (long now = since; state.get() != wanted && now - since < PATIENT_NANOS; now = System.nanoTime()) {
            if (seen != offers) {
                seen = offers;
                since = now;
            }
            if (now - since > ALERT_NANOS) {
                Thread.yield();
            }
            for (int look = 0; look < LOOKS && state.get() != wanted; look++) {
                Thread.onSpinWait();
            }
        }
    }
}
