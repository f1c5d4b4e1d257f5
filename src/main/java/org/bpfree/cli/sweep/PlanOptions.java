package org.bpfree.cli.sweep;

import java.nio.file.Path;
import org.bpfree.run.RunFolder;
import org.bpfree.sweep.Plan;
import org.bpfree.sweep.SweepFolder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of every command that works on a plan. */
final class PlanOptions {
    /** Where runs lie. */
    static final class Runs {
        @Option(
                names = "--runs",
                paramLabel = "DIR",
                description = "The folder above the sweep's own, in which run folders lie. Default: runs.")
        private Path runs = RunFolder.ROOT;

        /** The folder of a plan's sweep. */
        SweepFolder folder(Plan plan) {
            return SweepFolder.of(runs, plan);
        }

        /** As it was given. */
        Path path() {
            return runs;
        }
    }

    @Parameters(paramLabel = "PLAN", arity = "1", description = "The plan that 'bpfree sweep plan' wrote.")
    private Path file;

    @Mixin
    private Runs runs;

    /** Reads the plan, and warns when its base has changed. */
    Plan read(CommandSpec spec) {
        Plan plan = Plan.read(file);
        plan.baseChange(file).ifPresent(change -> spec.commandLine().getErr().println("warning: " + change));
        return plan;
    }

    /** The file of the plan. */
    Path file() {
        return file;
    }

    /** Where the runs of all sweeps lie. */
    Path runs() {
        return runs.path();
    }

    /** The folder of the plan's sweep. */
    SweepFolder folder(Plan plan) {
        return runs.folder(plan);
    }
}
