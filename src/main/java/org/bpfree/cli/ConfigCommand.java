package org.bpfree.cli;

import java.util.concurrent.Callable;
import org.bpfree.cli.console.MissingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bpfree config}: experiment files. */
@Command(
        name = "config",
        description =
                "Checks experiment files, shows them with all defaults, copies shipped ones, and prints their JSON Schema.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ConfigCheckCommand.class,
            ConfigShowCommand.class,
            ConfigCopyCommand.class,
            ConfigSchemaCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree config check configs/quickstart.yaml",
            "  bpfree config show --config configs/quickstart.yaml --set training.epochs=3",
            "  bpfree config schema > bpfree.schema.json"
        })
final class ConfigCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw MissingCommand.of(spec);
    }
}
