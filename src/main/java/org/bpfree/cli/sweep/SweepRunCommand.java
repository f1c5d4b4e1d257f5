package org.bpfree.cli.sweep;

import java.util.List;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.StopSignal;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.sweep.CellReport;
import org.bpfree.sweep.Plan;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree sweep run}: one cell of a plan in this process, or all of them in processes of their own. */
@Command(
        name = "run",
        description = "Runs one cell of a plan, or all of them in processes of their own. Cells that are done are left"
                + " alone, interrupted ones go on; the same command again finishes what was killed.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all cells that were to run are done",
            "1:a cell failed",
            "2:the command line or the plan is wrong",
            "4:a cell diverged, and none failed",
            "75:a cell was interrupted, or another process runs it; the same command goes on",
            StopSignal.EXIT_CODES
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree sweep run plan.jsonl",
            "  bpfree sweep run plan.jsonl --parallel 2",
            "  bpfree sweep run plan.jsonl --index $SLURM_ARRAY_TASK_ID --threads $SLURM_CPUS_PER_TASK"
        })
final class SweepRunCommand implements Callable<Integer> {
    /** One cell or all. */
    private static final class Which {
        @Option(
                names = "--index",
                paramLabel = "I",
                required = true,
                description = "Runs the cell of this index, counted from 0, in this process.")
        private Integer index;

        @Option(
                names = "--parallel",
                paramLabel = "N",
                required = true,
                description = "Runs all cells, N at a time; each gets its share of the threads. Default: as many as"
                        + " --threads says, with one thread each.")
        private Integer parallel;
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private PlanOptions options;

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private Which which = new Which();

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DataFolderOption dataFolder;

    @Override
    public Integer call() {
        Plan plan = options.read(spec);
        PlanRunner runner = new PlanRunner(spec, threads, dataFolder, options.file(), options.runs());
        return which.index != null
                ? PlanRunner.exitCode(runner.runHere(plan.cell(which.index), plan))
                : runAll(runner, plan);
    }

    private int runAll(PlanRunner runner, Plan plan) {
        StopSignal stop = StopSignal.install();
        List<CellReport> reports = runner.runAll(plan, which.parallel, stop);
        spec.commandLine().getOut().println(StateCounts.of(reports));
        return PlanRunner.exitCode(spec, reports, stop, false);
    }
}
