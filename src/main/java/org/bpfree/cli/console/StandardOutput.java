package org.bpfree.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Standard output that remembers what went wrong. {@link System#out} swallows errors, so results would be lost on a full disk with
 * exit code 0; a reader that has seen enough, such as {@code head}, is no error.
 */
public final class StandardOutput extends OutputStream {
    private final OutputStream target;
    private IOException failure;

    public StandardOutput(OutputStream target) {
        this.target = target;
    }

    /** A writer onto this stream in UTF-8, whatever the locale: containers, cron and Slurm have none, and results are read elsewhere. */
    public PrintWriter writer() {
        return new PrintWriter(new OutputStreamWriter(this, StandardCharsets.UTF_8), true);
    }

    /** Why results were lost; empty when they were not, or when nobody wanted more. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int count) {
        try {
            target.write(octets, from, count);
        } catch (IOException e) {
            remember(e);
        }
    }

    @Override
    public void flush() {
        try {
            target.flush();
        } catch (IOException e) {
            remember(e);
        }
    }

    private void remember(IOException e) {
        // Java tells a closed pipe apart by the operating system's message only: "Broken pipe", "The pipe is being
        // closed".
        boolean closedPipe =
                String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
        if (failure == null && !closedPipe) {
            failure = e;
        }
    }
}
