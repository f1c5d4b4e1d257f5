package org.bpfree.cli.sweep;

import java.util.concurrent.Callable;
import org.bpfree.cli.console.MissingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bpfree sweep}: many runs from one file. */
@Command(
        name = "sweep",
        description = "Plans many runs, runs them here or on a cluster, and collects their results in one table.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SweepPlanCommand.class,
            SweepRunCommand.class,
            SweepStatusCommand.class,
            SweepCollectCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree sweep plan configs/sweeps/smoke.yaml -o plan.jsonl",
            "  bpfree sweep run plan.jsonl --parallel 2",
            "  bpfree sweep status plan.jsonl",
            "  bpfree sweep collect plan.jsonl -o results.csv"
        })
public final class SweepCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw MissingCommand.of(spec);
    }
}
