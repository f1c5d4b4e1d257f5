package org.bpfree.cli;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bpfree.cli.console.Colour;
import org.bpfree.cli.console.ErrorReport;
import org.bpfree.cli.console.HelpLayout;
import org.bpfree.cli.console.MessageWriter;
import org.bpfree.cli.console.StandardOutput;
import org.bpfree.cli.console.Terminal;
import org.bpfree.cli.data.DataCommand;
import org.bpfree.cli.study.ReproduceCommand;
import org.bpfree.cli.study.StudyCommand;
import org.bpfree.cli.sweep.SweepCommand;
import org.bpfree.failure.Failure;
import org.bpfree.files.UserPath;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** The entry point, and the only place that ends the process. */
public final class Main {
    /** The commands in the order of the help text; a new one is added here and nowhere else. */
    private static final List<Class<?>> COMMANDS = List.of(
            TrainCommand.class,
            EvalCommand.class,
            PredictCommand.class,
            VerifyCommand.class,
            TraceCommand.class,
            ExportCommand.class,
            BenchCommand.class,
            SweepCommand.class,
            StudyCommand.class,
            ReproduceCommand.class,
            ReportCommand.class,
            FeaturesCommand.class,
            RobustnessCommand.class,
            DataCommand.class,
            ListCommand.class,
            ExplainCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            HelpCommand.class);

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Libraries that print by themselves follow, too.
        Locale.setDefault(Locale.ROOT);
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        StandardOutput results = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        CommandLine bpfree = commandLine(arguments);
        bpfree.setErr(new MessageWriter(
                new OutputStreamWriter(System.err, StandardCharsets.UTF_8),
                () -> Terminal.showsErrors() ? Terminal.width() : Integer.MAX_VALUE,
                Colour.ofErrors()));
        missingJars(System.getProperty("java.class.path", "")).forEach(jar -> bpfree.getErr()
                .println("bpfree: warning: there is no " + jar
                        + ", which is on the class path (BPFREE_PLUGINS of scripts/bpfree); what it holds is"
                        + " missing"));
        System.exit(run(bpfree, results, arguments));
    }

    /** The entries of a class path that are not there, which Java passes over in silence. */
    static List<String> missingJars(String classPath) {
        return Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator)))
                .filter(entry -> !entry.isEmpty() && !Files.exists(Path.of(entry.replaceFirst("[/\\\\]\\*$", ""))))
                .toList();
    }

    /** As {@link #run(CommandLine, String...)}, with results to a stream; results that could not be written are a failure. */
    static int run(CommandLine bpfree, StandardOutput results, String... arguments) {
        bpfree.setOut(results.writer());
        int exitCode = run(bpfree, arguments);
        return exitCode == 0 && results.failure().isPresent()
                ? ErrorReport.report(results.failure().get(), bpfree)
                : exitCode;
    }

    /** Runs a command and returns the exit code. */
    static int run(CommandLine bpfree, String... arguments) {
        try {
            return bpfree.execute(arguments);
        } catch (Error e) {
            // Errors pass by picocli's handlers, but a user has to understand them, too.
            return ErrorReport.report(e, bpfree);
        } finally {
            bpfree.getOut().flush();
            bpfree.getErr().flush();
        }
    }

    /** The command line, with every command complete. */
    public static CommandLine commandLine() {
        return commandLine(COMMANDS, true, "");
    }

    /** The command line, ready for the given arguments: only the command they name is complete. */
    public static CommandLine commandLine(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        boolean namesCommand = !first.startsWith("-") && !first.startsWith("@");
        boolean all = namesCommand
                ? List.of("help", "completion").contains(first)
                : !List.of("-h", "--help", "-V", "--version", "--licenses").contains(first.replaceFirst("=.*", ""));
        return commandLine(COMMANDS, all, first);
    }

    private static CommandLine commandLine(List<Class<?>> commands, boolean all, String named) {
        CommandLine bpfree = new CommandLine(new BpfreeCommand());
        for (Class<?> command : commands) {
            // Reading all options of all commands would take longer than most commands that answer at once.
            String name = command.getAnnotation(Command.class).name();
            bpfree.addSubcommand(name, all || name.equals(named) ? new CommandLine(command) : outline(command));
        }
        showVersionEverywhere(bpfree);
        ErrorReport errors = new ErrorReport();
        bpfree.setExecutionExceptionHandler(errors);
        bpfree.setParameterExceptionHandler(errors);
        bpfree.registerConverter(Path.class, text -> {
            try {
                return UserPath.of(text);
            } catch (Failure e) {
                throw new TypeConversionException(e.getMessage());
            }
        });
        bpfree.setUsageHelpAutoWidth(false);
        bpfree.setHelpFactory(new HelpLayout(Terminal::width));
        bpfree.setColorScheme(CommandLine.Help.defaultColorScheme(Colour.ofResults()));
        return bpfree;
    }

    /** A command that only shows up in the help of its parent. */
    private static CommandLine outline(Class<?> command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
        spec.usageMessage().description(command.getAnnotation(Command.class).description());
        return new CommandLine(spec);
    }

    private static void showVersionEverywhere(CommandLine command) {
        command.getCommandSpec().versionProvider(new VersionProvider(command));
        command.getSubcommands().values().forEach(Main::showVersionEverywhere);
    }
}
