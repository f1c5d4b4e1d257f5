package org.bpfree.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * Splits loops between the threads of {@link Backend#start}: the one that asks and helpers. Native libraries run on these threads, too, and
 * have none of their own.
 */
public final class Parallel {
    private static final ReentrantLock HELPING = new ReentrantLock();

    /** Threads beside the one that asks; guarded by {@link #HELPING}. */
    private static final List<Helper> HELPERS = new ArrayList<>();

    /**
     * Work below which a share is not worth a thread. Measured on two virtual processors of an AMD EPYC: to hand a share to a helper that
     * looks out for one, and to see that it is done, takes 0.6 to 0.8 microseconds, so that two shares of this length take hardly more time
     * than one; to wake a helper that sleeps takes 9 to 37 microseconds at its fastest, as happens once after a pause.
     */
    private static final double LEAST_NANOS = 10_000;

    private Parallel() {}

    /** Elements that a share of a loop shall have at least. */
    public static int least(double nanosOfOne) {
        return (int) Math.max(1, LEAST_NANOS / nanosOfOne);
    }

    /** A share of a loop. */
    @FunctionalInterface
    public interface Share {
        /** The loop from {@code from} to {@code to - 1}, with scratch of its own, views of tensors included. */
        Routine of(int from, int to);
    }

    /**
     * Number of shares of a loop.
     *
     * @param length of the loop
     * @param least length of a share, of {@link #least}
     */
    static int shares(int length, int least) {
        return Math.max(1, Math.min(Backend.threads(), length / least));
    }

    /** Where share {@code i} of {@code shares} begins, and the one before it ends. */
    static int begin(int length, int shares, int i) {
        return (int) ((long) length * i / shares);
    }

    /** The loop over {@code 0..length-1}, one share a thread, each of at least {@code least}. */
    public static Routine loop(int length, int least, Share share) {
        int shares = shares(length, least);
        if (shares == 1) {
            return share.of(0, length);
        }
        Routine[] routines = new Routine[shares];
        for (int i = 0; i < shares; i++) {
            routines[i] = share.of(begin(length, shares, i), begin(length, shares, i + 1));
        }
        return () -> each(shares, i -> routines[i].run());
    }

    /**
     * Runs a body for {@code 0..shares-1}, each on a thread of its own, and waits for all; what one throws, this throws. While the helpers
     * are at work already, for another thread or for a loop around this one, the shares run one after another.
     */
    static void each(int shares, IntConsumer body) {
        if (shares == 1 || HELPING.isHeldByCurrentThread() || !HELPING.tryLock()) {
            for (int i = 0; i < shares; i++) {
                body.accept(i);
            }
            return;
        }
        try {
            shareOut(shares, body);
        } finally {
            HELPING.unlock();
        }
    }

    private static void shareOut(int shares, IntConsumer body) {
        while (HELPERS.size() < shares - 1) {
            Helper helper = new Helper();
            helper.start();
            HELPERS.add(helper);
        }
        for (int i = 1; i < shares; i++) {
            HELPERS.get(i - 1).take(body, i);
        }
        Throwable problem = null;
        try {
            body.accept(0);
        } catch (RuntimeException | Error e) {
            problem = e;
        }
        for (int i = 1; i < shares; i++) {
            Throwable thrown = HELPERS.get(i - 1).await();
            problem = problem == null ? thrown : problem;
        }
        if (problem instanceof Error error) {
            throw error;
        }
        if (problem != null) {
            throw (RuntimeException) problem; // a body can throw nothing else
        }
    }
}
