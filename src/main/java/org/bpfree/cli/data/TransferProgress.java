package org.bpfree.cli.data;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.bpfree.cli.console.BarLine;
import org.bpfree.cli.console.Notes;
import org.bpfree.cli.console.ProgressMode;
import org.bpfree.cli.console.Terminal;
import org.bpfree.data.download.DownloadProgress;
import picocli.CommandLine.Model.CommandSpec;

/** Shows a download: a bar on a terminal, else a plain line every few seconds with percent, rate and time left. */
final class TransferProgress implements DownloadProgress, AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final double MEGABYTE = 1e6;

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier clock; // nanoseconds
    private ProgressBar bar;
    private String name = "";
    private long total;
    private long done;
    private long doneAtStart;
    private long started;
    private long lastLine;

    /** Progress as the options and the terminal of a command have it. */
    static TransferProgress of(CommandSpec command) {
        if (Notes.of(command).quiet()) {
            return new TransferProgress(new PrintWriter(Writer.nullWriter()), false, System::nanoTime);
        }
        boolean bar = ProgressMode.auto.resolve(Terminal.showsErrors()) == ProgressMode.bar;
        return new TransferProgress(command.commandLine().getErr(), bar, System::nanoTime);
    }

    TransferProgress(PrintWriter err, boolean terminal, LongSupplier clock) {
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void begin(String newName, long doneBefore, long newTotal) {
        name = newName;
        done = doneBefore;
        doneAtStart = doneBefore;
        total = newTotal;
        started = clock.getAsLong();
        lastLine = started;
        if (terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(total)
                    .setUnit(" MB", (long) MEGABYTE)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new BarLine(System.err))
                    .showSpeed()
                    .startsFrom(doneBefore, Duration.ZERO)
                    .build();
        } else {
            err.printf(
                    Locale.ROOT,
                    "%s: %.1f MB%s%n",
                    name,
                    total / MEGABYTE,
                    done > 0 ? ", going on at " + percent() : "");
        }
    }

    @Override
    public void advance(long newDone) {
        done = newDone;
        if (bar != null) {
            bar.stepTo(done);
        } else if (clock.getAsLong() - lastLine >= INTERVAL.toNanos()) {
            lastLine = clock.getAsLong();
            err.printf(Locale.ROOT, "%s: %s, %.1f MB/s, %s left%n", name, percent(), rate() / MEGABYTE, left());
            err.flush();
        }
    }

    private String percent() {
        return total == 0 ? "100 %" : done * 100 / total + " %";
    }

    /** Bytes a second since the transfer began. */
    private double rate() {
        double seconds = (clock.getAsLong() - started) / 1e9;
        return seconds > 0 ? (done - doneAtStart) / seconds : 0;
    }

    private String left() {
        double rate = rate();
        if (rate <= 0) {
            return "unknown time";
        }
        long seconds = (long) Math.ceil((total - done) / rate);
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    @Override
    public void end() {
        close();
    }

    @Override
    public void note(String message) {
        err.println(message);
        err.flush();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
