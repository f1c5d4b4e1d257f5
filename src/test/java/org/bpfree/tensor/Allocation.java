package org.bpfree.tensor;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes of the Java heap that a routine takes each time it runs. */
final class Allocation {
    /** What sharing a loop between threads may take: the loop's body, not an array. */
    static final long OF_SHARING = 200;

    private static final int RUNS = 50;

    private Allocation() {}

    /** The mean of many runs, after some that may set things up. */
    static long ofOneOfMany(Routine routine) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < RUNS; i++) {
            routine.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RUNS; i++) {
            routine.run();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / RUNS;
    }
}
