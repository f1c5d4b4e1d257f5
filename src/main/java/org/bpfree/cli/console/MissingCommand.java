package org.bpfree.cli.console;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A command that only holds others was called by itself. */
public final class MissingCommand {
    private MissingCommand() {}

    /** The usage error that names what may follow. */
    public static ParameterException of(CommandSpec spec) {
        List<String> names = List.copyOf(spec.subcommands().keySet());
        return new ParameterException(
                spec.commandLine(), "Missing command, expected one of " + String.join(", ", names));
    }
}
