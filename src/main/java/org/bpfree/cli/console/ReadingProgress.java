package org.bpfree.cli.console;

import java.time.Duration;
import java.util.Locale;
import org.bpfree.data.ReadingListener;
import picocli.CommandLine.Model.CommandSpec;

/** Shows how the reading of a dataset goes: a line on standard error every few seconds where it takes long, and all warnings. */
public class ReadingProgress implements ReadingListener {
    private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

    private final CommandSpec command;
    private String work = "";
    private long began; // nanoseconds
    private long shown;

    /** The progress of a command. */
    public ReadingProgress(CommandSpec command) {
        this.command = command;
    }

    @Override
    public synchronized void progress(String newWork, long done, long total) {
        long now = System.nanoTime();
        if (!newWork.equals(work)) {
            work = newWork;
            began = now;
            shown = now;
            return;
        }
        if (now - shown >= INTERVAL) {
            shown = now;
            double seconds = (now - began) * 1e-9;
            Notes.of(command)
                    .say(String.format(
                            Locale.ROOT,
                            "%s: %d of %d (%.0f a second, %.0f s left)",
                            work,
                            done,
                            total,
                            done / seconds,
                            seconds * (total - done) / done));
        }
    }

    @Override
    public void note(String message) {
        Notes.of(command).say(message);
    }

    @Override
    public void warn(String message) {
        command.commandLine().getErr().println("warning: " + message);
        command.commandLine().getErr().flush();
    }
}
