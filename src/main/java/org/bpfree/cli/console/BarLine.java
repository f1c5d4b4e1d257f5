package org.bpfree.cli.console;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * Draws a progress bar over one line of standard error and wipes it when the bar ends. The library's own consumers open a terminal to
 * learn its width, which would take Ctrl-C away from {@link StopSignal}.
 */
public final class BarLine implements ProgressBarConsumer {
    private final PrintStream out;
    private final int width;

    /** A line of the terminal's width. */
    public BarLine(PrintStream out) {
        this.out = out;
        this.width = Terminal.width() - 1;
    }

    @Override
    public int getMaxRenderedLength() {
        return width;
    }

    @Override
    public void accept(String rendered) {
        out.print('\r' + rendered);
        out.flush();
    }

    @Override
    public void clear() {
        out.print('\r' + " ".repeat(width) + '\r');
        out.flush();
    }

    @Override
    public void close() {
        clear();
    }
}
