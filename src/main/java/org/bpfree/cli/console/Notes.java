package org.bpfree.cli.console;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** What a command says on standard error beside errors; {@code --quiet} hushes it, {@code --verbose} adds to it. */
public final class Notes {
    private final PrintWriter err;
    private final boolean quiet;
    private final boolean verbose;

    private Notes(PrintWriter err, boolean quiet, boolean verbose) {
        this.err = err;
        this.quiet = quiet;
        this.verbose = verbose;
    }

    /** The notes of a command. */
    public static Notes of(CommandSpec spec) {
        Root root = Root.of(spec);
        return new Notes(spec.commandLine().getErr(), root.quiet(), root.verbose());
    }

    /** Whether nothing but results, warnings and errors is wanted. */
    public boolean quiet() {
        return quiet;
    }

    /** Says a line, unless the command is quiet. */
    public void say(String line) {
        if (!quiet) {
            err.println(line);
            err.flush();
        }
    }

    /** Says what is good to know, unless the command is quiet. */
    public void note(String text) {
        say("note: " + text);
    }

    /** Says what only somebody wants to know who looks for the cause of something. */
    public void detail(String text) {
        if (verbose) {
            say(text);
        }
    }
}
