package org.bpfree.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Reads a response body, and gives up when nothing has come for a while: the HTTP client has no such limit of its own. */
final class StallGuard implements AutoCloseable {
    private final InputStream body;
    private final Duration limit;
    private final ScheduledExecutorService timer;
    private volatile long lastByte = System.nanoTime();
    private volatile boolean stalled;

    StallGuard(InputStream body, Duration limit) {
        this.body = body;
        this.limit = limit;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "bpfree-download-timer");
            thread.setDaemon(true);
            return thread;
        });
        long interval = Math.max(1, limit.toMillis() / 4);
        timer.scheduleAtFixedRate(this::look, interval, interval, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (System.nanoTime() - lastByte > limit.toNanos()) {
            stalled = true;
            try {
                body.close(); // wakes the reader
            } catch (IOException e) {
                // The reader is told that it stalled.
            }
        }
    }

    /** As {@link InputStream#read(byte[], int, int)} from position 0. */
    int read(byte[] buffer, int most) throws IOException {
        try {
            int read = body.read(buffer, 0, most);
            lastByte = System.nanoTime();
            if (stalled) {
                throw new IOException("it sent nothing for " + limit.toMillis() / 1000.0 + " s");
            }
            return read;
        } catch (IOException e) {
            throw stalled ? new IOException("it sent nothing for " + limit.toMillis() / 1000.0 + " s", e) : e;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
