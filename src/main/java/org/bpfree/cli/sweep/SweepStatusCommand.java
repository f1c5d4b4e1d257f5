package org.bpfree.cli.sweep;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.Listing;
import org.bpfree.sweep.CellReport;
import org.bpfree.sweep.Inspector;
import org.bpfree.sweep.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree sweep status}: how the cells of a plan stand. */
@Command(
        name = "status",
        description = "Tells how each cell of a plan stands: done, running, failed, diverged, interrupted or missing.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  bpfree sweep status plan.jsonl", "  bpfree sweep status plan.jsonl --json"})
final class SweepStatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PlanOptions options;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Plan plan = options.read(spec);
        List<CellReport> reports = new Inspector(options.folder(plan)).inspect(plan);
        print(spec.commandLine().getOut(), reports, json);
        if (!json) {
            spec.commandLine().getOut().println(StateCounts.of(reports));
        }
        return 0;
    }

    private static void print(PrintWriter out, List<CellReport> reports, boolean json) {
        Listing listing = new Listing("index", "id", "state", "attempts", "seed", "settings", "reason");
        reports.forEach(report -> listing.add(
                report.cell().index(),
                report.cell().id(),
                report.state().toString(),
                report.attempts(),
                report.cell().seed(),
                report.cell().label(),
                report.reason()));
        listing.print(out, json);
    }
}
