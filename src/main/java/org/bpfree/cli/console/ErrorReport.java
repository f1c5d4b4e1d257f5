package org.bpfree.cli.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.bpfree.binding.Nearest;
import org.bpfree.failure.Failure;
import org.bpfree.run.Diagnosis;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a user what went wrong, and turns it into the exit code. */
public final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        return report(exception, command);
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        if (exception instanceof UnmatchedArgumentException unmatched) {
            List<String> hints = new ArrayList<>(suggestions(unmatched, command));
            ArgumentHint.of(unmatched.getUnmatched(), command.getCommandSpec()).ifPresent(hint -> hints.add(0, hint));
            print(command, describe(unmatched, command), hints);
        } else {
            // Some of picocli's messages bring the word along.
            List<String> hints = exception instanceof MissingParameterException missing
                    ? ArgumentHint.ofMissing(missing, List.of(arguments)).stream()
                            .toList()
                    : List.of();
            print(command, exception.getMessage().replaceFirst("^Error: ", ""), hints);
        }
        hint(command, "'" + command.getCommandSpec().qualifiedName() + " --help' explains the command.");
        printStackTrace(exception, command);
        return Failure.Kind.USAGE.exitCode();
    }

    /** Prints what a user needs to know of an exception and returns the exit code. */
    public static int report(Throwable exception, CommandLine command) {
        Failure failure = Diagnosis.of(exception);
        print(command, failure.getMessage(), failure.hints());
        printStackTrace(exception, command);
        return failure.kind().exitCode();
    }

    private static String describe(UnmatchedArgumentException unmatched, CommandLine command) {
        String argument = unmatched.getUnmatched().get(0);
        if (unmatched.isUnknownOption()) {
            return "unknown option '" + argument + "'";
        }
        return command.getSubcommands().isEmpty()
                ? "unexpected argument '" + argument + "'"
                : "unknown command '" + argument + "'";
    }

    private static List<String> suggestions(UnmatchedArgumentException unmatched, CommandLine command) {
        String argument = unmatched.getUnmatched().get(0);
        List<String> known = unmatched.isUnknownOption()
                ? List.copyOf(command.getCommandSpec().optionsMap().keySet())
                : List.copyOf(command.getSubcommands().keySet());
        int equals = argument.indexOf('=');
        String question = Nearest.question(equals < 0 ? argument : argument.substring(0, equals), known);
        return question.isEmpty() ? List.of() : List.of(question.strip());
    }

    private static void print(CommandLine command, String message, List<String> hints) {
        CommandLine.Help.ColorScheme colors = CommandLine.Help.defaultColorScheme(Colour.ofErrors());
        // An error that a pipe or file collects must come after the results printed before it.
        command.getOut().flush();
        command.getErr().println(colors.errorText("bpfree: error: ") + fitted(message, "bpfree: error: ".length()));
        hints.forEach(text -> hint(command, text));
    }

    private static String fitted(String text, int taken) {
        return Terminal.showsErrors() ? fitted(text, taken, Terminal.width()) : text;
    }

    /**
     * A message for a terminal: long lines are broken at words, but not those of a file that are shown as they are, which begin with
     * spaces.
     *
     * @param taken columns of the first line that something else has taken
     */
    static String fitted(String text, int taken, int width) {
        String first = "x".repeat(taken);
        List<String> lines = new ArrayList<>();
        for (String line : (first + text).split("\n", -1)) {
            if (Paragraph.columns(line) <= width || line.startsWith(" ")) {
                lines.add(line);
            } else {
                lines.addAll(Paragraph.wrap(line, width, ""));
            }
        }
        return String.join("\n", lines).substring(taken);
    }

    private static void hint(CommandLine command, String text) {
        command.getErr().println("  hint: " + fitted(text, "  hint: ".length()));
    }

    private static void printStackTrace(Throwable exception, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        // Before the arguments are read, nobody has asked for it.
        if (spec.root().commandLine().getParseResult() != null && Root.of(spec).stackTrace()) {
            PrintWriter err = command.getErr();
            exception.printStackTrace(err);
            err.flush();
        }
    }
}
