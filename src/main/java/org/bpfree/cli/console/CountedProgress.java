package org.bpfree.cli.console;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How far a row of tasks is: {@code 17 of 45, 3:10 left, last: ekdaa 0.812}. */
public final class CountedProgress {
    private final int tasks;
    private final int before;
    private final LongSupplier nanos;
    private final long start;
    private int done;

    /**
     * The beginning of the work.
     *
     * @param tasks all of them
     * @param before those that were done already, which say nothing of the time
     * @param nanos the clock
     */
    public CountedProgress(int tasks, int before, LongSupplier nanos) {
        this.tasks = tasks;
        this.before = before;
        this.nanos = nanos;
        start = nanos.getAsLong();
        done = before;
    }

    /**
     * Counts a task and tells how far the work is.
     *
     * @param last what came of the task
     */
    public String ended(String last) {
        done++;
        long each = (nanos.getAsLong() - start) / (done - before);
        Duration left = Duration.ofNanos(each * Math.max(0, tasks - done));
        String time = done >= tasks ? "" : ", " + Durations.format(left) + " left";
        return done + " of " + tasks + time + ", last: " + last;
    }
}
