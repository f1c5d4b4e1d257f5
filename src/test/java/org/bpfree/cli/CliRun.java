package org.bpfree.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * A command run inside the test.
 *
 * @param exitCode what the process would end with
 * @param out standard output
 * @param err standard error
 */
public record CliRun(int exitCode, String out, String err) {
    /** Runs {@code bpfree} as a user would. */
    public static CliRun bpfree(String... arguments) {
        return run(Main.commandLine(arguments), arguments);
    }

    /** Runs {@code bpfree} with one more command, whose body is the given one. */
    static CliRun withCommand(Runnable body, String... arguments) {
        CommandLine bpfree = Main.commandLine();
        CommandLine added = new CommandLine(CommandLine.Model.CommandSpec.wrapWithoutInspection(body));
        added.setExecutionExceptionHandler(bpfree.getExecutionExceptionHandler());
        bpfree.addSubcommand("added", added);
        return run(bpfree, arguments);
    }

    private static CliRun run(CommandLine bpfree, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        bpfree.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode = Main.run(bpfree, arguments);
        return new CliRun(exitCode, unix(out), unix(err));
    }

    private static String unix(StringWriter text) {
        return text.toString().replace("\r\n", "\n");
    }
}
