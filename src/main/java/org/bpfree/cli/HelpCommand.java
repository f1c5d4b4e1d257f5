package org.bpfree.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.bpfree.binding.Nearest;
import org.bpfree.failure.Failure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfree help}: the help text of a command. */
@Command(
        name = "help",
        description = "Explains a command.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  bpfree help", "  bpfree help config show"})
final class HelpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command to explain. Default: bpfree itself.")
    private List<String> path = List.of();

    @Override
    public Integer call() {
        CommandLine command = spec.root().commandLine();
        for (String name : path) {
            CommandLine next = command.getSubcommands().get(name);
            if (next == null) {
                throw Failure.usage("'" + command.getCommandSpec().qualifiedName() + "' has no command '" + name + "'."
                        + Nearest.question(name, command.getSubcommands().keySet()));
            }
            command = next;
        }
        command.usage(spec.commandLine().getOut());
        return 0;
    }
}
