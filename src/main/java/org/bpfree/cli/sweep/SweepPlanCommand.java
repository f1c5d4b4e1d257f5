package org.bpfree.cli.sweep;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.Notes;
import org.bpfree.cli.console.ShippedNames;
import org.bpfree.failure.Failure;
import org.bpfree.sweep.CellExpansion;
import org.bpfree.sweep.CellState;
import org.bpfree.sweep.IndexRanges;
import org.bpfree.sweep.Inspector;
import org.bpfree.sweep.Plan;
import org.bpfree.sweep.Planner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfree sweep plan}: the cells of a sweep file, checked and fixed; or which of a plan's cells stand how. */
@Command(
        name = "plan",
        description = "Checks every cell of a sweep file and writes the plan, one line a cell."
                + " With --only, prints which cells of a plan stand so, as Slurm's --array takes them.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree sweep plan configs/sweeps/smoke.yaml -o plan.jsonl",
            "  bpfree sweep plan configs/sweeps/families-cifar10.yaml --set training.epochs=1 --seeds 1,2 -o short.jsonl",
            "  bpfree sweep plan plan.jsonl --only failed,interrupted,missing"
        })
final class SweepPlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1",
            completionCandidates = ShippedNames.class,
            description = "The sweep file; with --only, the plan.")
    private Path file;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "PLAN",
            description = "Where the plan goes. One that is there is never changed.")
    private Path out;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "A value of every cell, as if it stood in the file's 'set'; repeatable.")
    private List<String> set = List.of();

    @Option(
            names = "--seeds",
            paramLabel = "S",
            split = ",",
            description = "Seeds of each cell, instead of the file's.")
    private List<Long> seeds = List.of();

    @Option(
            names = "--only",
            paramLabel = "STATE",
            split = ",",
            description = "Prints the indices of cells that are: ${COMPLETION-CANDIDATES}; several with commas.")
    private Set<CellState> only = Set.of();

    @Mixin
    private EstimateOption estimate;

    @Mixin
    private PlanOptions.Runs runs;

    @Override
    public Integer call() {
        return only.isEmpty() ? plan() : select();
    }

    private int select() {
        if (out != null) {
            throw Failure.usage(
                    "--out cannot be used with --only: nothing is written",
                    "Name the plan alone: sweep plan PLAN --only ...");
        }
        Plan plan = Plan.read(file);
        List<Integer> chosen = new Inspector(runs.folder(plan))
                .inspect(plan).stream()
                        .filter(report -> only.contains(report.state()))
                        .map(report -> report.cell().index())
                        .toList();
        if (!chosen.isEmpty()) {
            spec.commandLine().getOut().println(IndexRanges.of(chosen));
        }
        return 0;
    }

    private int plan() {
        if (out == null) {
            throw Failure.usage("sweep plan needs a file for the plan", "Give -o plan.jsonl.");
        }
        checkOptions();
        Notes notes = Notes.of(spec);
        CellExpansion.Expanded planned = new Planner(file, set, seeds, notes::note).plan(out);
        boolean written = planned.plan().write(out);
        PrintWriter results = spec.commandLine().getOut();
        int cells = planned.plan().cells().size();
        results.println("cells: " + cells
                + (planned.repeated().size() == 0
                        ? ""
                        : " (" + planned.repeated().size() + " more are the same experiment as one of these)"));
        results.println("estimated time: "
                + estimate.measure(planned.experiments()).map(PlanTime::text).orElse("not measured"));
        results.println("plan: " + out + (written ? "" : " (unchanged)"));
        return 0;
    }

    private void checkOptions() {
        for (String value : set) {
            if (!value.matches("[^=]+=.*") || value.startsWith("seed=")) {
                throw Failure.usage(
                        "--set " + value + ": expected PATH=VALUE with a path other than 'seed'",
                        "Write --set training.epochs=1, and --seeds 1,2 for seeds.");
            }
        }
        if (Set.copyOf(seeds).size() < seeds.size()) {
            throw Failure.usage("--seeds " + seeds + " holds a seed twice", "Every seed counts once.");
        }
    }
}
