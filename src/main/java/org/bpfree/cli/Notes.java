package org.bpfree.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** What a command says on standard error beside errors; {@code --quiet} hushes it, {@code --verbose} adds to it. */
final class Notes {
    private final PrintWriter err;
    private final boolean quiet;
    private final boolean verbose;

    private Notes(PrintWriter err, boolean quiet, boolean verbose) {
        this.err = err;
        this.quiet = quiet;
        this.verbose = verbose;
    }

    /** The notes of a command. */
    static Notes of(CommandSpec spec) {
        boolean known = spec.root().userObject() instanceof BpfreeCommand;
        BpfreeCommand bpfree = known ? (BpfreeCommand) spec.root().userObject() : null;
        return new Notes(spec.commandLine().getErr(), known && bpfree.quiet(), known && bpfree.verbose());
    }

    /** Whether nothing but results, warnings and errors is wanted. */
    boolean quiet() {
        return quiet;
    }

    /** Says a line, unless the command is quiet. */
    void say(String line) {
        if (!quiet) {
            err.println(line);
            err.flush();
        }
    }

    /** Says what is good to know, unless the command is quiet. */
    void note(String text) {
        say("note: " + text);
    }

    /** Says what only somebody wants to know who looks for the cause of something. */
    void detail(String text) {
        if (verbose) {
            say(text);
        }
    }
}
