package org.bpfree.tensor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;

/**
 * Splits loops of Java code between the threads of {@link Backend#start}. The native kernels' threads are not Java's, so helpers stand
 * beside them; the two never work at the same time.
 */
final class Parallel {
    private static final Executor HELPERS = Executors.newCachedThreadPool(task -> {
        Thread helper = new Thread(task, "bpfree-helper");
        helper.setDaemon(true);
        return helper;
    });

    private Parallel() {}

    /** A share of a loop. */
    @FunctionalInterface
    interface Share {
        /** The loop from {@code from} to {@code to - 1}, with scratch of its own. */
        Routine of(int from, int to);
    }

    /**
     * Number of shares of a loop.
     *
     * @param length of the loop
     * @param least length of a share below which waking a helper takes longer than the work
     */
    static int shares(int length, int least) {
        return Math.max(1, Math.min(Backend.threads(), length / least));
    }

    /** Where share {@code i} of {@code shares} begins, and the one before it ends. */
    static int begin(int length, int shares, int i) {
        return (int) ((long) length * i / shares);
    }

    /** The loop over {@code 0..length-1} in shares of at least {@code least}. */
    static Routine loop(int length, int least, Share share) {
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

    /** Runs a body for {@code 0..shares-1}, each on a thread of its own, and waits for all; what one throws, this throws. */
    static void each(int shares, IntConsumer body) {
        CompletableFuture<?>[] running = new CompletableFuture<?>[shares - 1];
        for (int i = 1; i < shares; i++) {
            int share = i;
            running[i - 1] = CompletableFuture.runAsync(() -> body.accept(share), HELPERS);
        }
        try {
            body.accept(0);
        } finally {
            for (CompletableFuture<?> each : running) {
                await(each);
            }
        }
    }

    private static void await(CompletableFuture<?> share) {
        try {
            share.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw e;
        }
    }
}
