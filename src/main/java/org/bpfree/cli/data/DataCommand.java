package org.bpfree.cli.data;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bpfree data}: what there is to train on, and how to get it. */
@Command(
        name = "data",
        description = "Lists, fetches, verifies, shows and generates datasets.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DataListCommand.class,
            DataGetCommand.class,
            DataVerifyCommand.class,
            DataShowCommand.class,
            DataSynthCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree data list",
            "  bpfree data get cifar-10",
            "  bpfree data verify",
            "  bpfree data show pictures -o pictures.html",
            "  bpfree data synth --format cifar --out /tmp/data"
        })
public final class DataCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing subcommand: list, get, verify, show or synth");
    }
}
