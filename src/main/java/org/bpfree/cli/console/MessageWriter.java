package org.bpfree.cli.console;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.IntSupplier;
import picocli.CommandLine.Help.Ansi;

/** Standard error as a person reads it: lines that fit the terminal, broken at words, and warnings that stand out. */
public final class MessageWriter extends PrintWriter {
    private static final String WARNING = "^((bpfree: )?warning:)";

    private final IntSupplier width;
    private final Ansi ansi;

    /**
     * A writer.
     *
     * @param width columns of the terminal, asked for lines that may be too long, since asking takes a process; the largest number where
     *     there is none
     */
    public MessageWriter(Writer target, IntSupplier width, Ansi ansi) {
        super(target, true);
        this.width = width;
        this.ansi = ansi;
    }

    @Override
    public void println(String message) {
        String text = String.valueOf(message);
        boolean shortEnough = text.lines().allMatch(line -> line.length() <= Terminal.MINIMAL_WIDTH);
        String fitted = shortEnough ? text : ErrorReport.fitted(text, 0, width.getAsInt());
        super.println(ansi.enabled() ? fitted.replaceFirst(WARNING, "\u001b[33m$1\u001b[0m") : fitted);
    }
}
