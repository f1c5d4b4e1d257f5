package org.bpfree.cli.sweep;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.CountedProgress;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.Notes;
import org.bpfree.cli.console.Root;
import org.bpfree.cli.console.StopSignal;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.failure.Failure;
import org.bpfree.sweep.CellReport;
import org.bpfree.sweep.CellRunner;
import org.bpfree.sweep.CellState;
import org.bpfree.sweep.ChildJvm;
import org.bpfree.sweep.Inspector;
import org.bpfree.sweep.ParallelRunner;
import org.bpfree.sweep.Plan;
import org.bpfree.sweep.PlannedCell;
import org.bpfree.sweep.SweepFolder;
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
        if (which.parallel != null && which.parallel < 1) {
            throw Failure.usage("--parallel " + which.parallel + ": expected at least 1");
        }
        Plan plan = options.read(spec);
        return which.index != null ? runHere(plan.cell(which.index), plan) : runAll(plan);
    }

    private int runHere(PlannedCell cell, Plan plan) {
        CellRunner runner =
                new CellRunner(options.folder(plan), new CellTrainingHere(spec, threads, dataFolder), () -> {
                    tell("bpfree: error: another process has taken over cell " + cell.index()
                            + ", which this one seemed to have left");
                    Runtime.getRuntime().halt(Failure.Kind.INTERRUPTED.exitCode());
                });
        CellReport report = runner.run(cell);
        say("cell " + cell.index() + " (" + cell.id() + "): " + describe(report));
        return exitCode(report);
    }

    /** Such as {@code diverged: ekdaa diverged at step 3}. */
    private static String describe(CellReport report) {
        return report.state() + (report.reason().isEmpty() ? "" : ": " + report.reason());
    }

    private static int exitCode(CellReport report) {
        return switch (report.state()) {
            case DONE -> 0;
            case DIVERGED -> Failure.Kind.DIVERGED.exitCode();
            case FAILED, MISSING -> Failure.Kind.FAILED.exitCode();
            case RUNNING, INTERRUPTED -> Failure.Kind.INTERRUPTED.exitCode();
        };
    }

    private List<String> dataArguments() {
        return dataFolder
                .given()
                .map(folder -> List.of("--data-dir", folder.toString()))
                .orElse(List.of());
    }

    private int runAll(Plan plan) {
        SweepFolder folder = options.folder(plan);
        int threadCount = threads.resolve();
        int parallel = which.parallel != null ? which.parallel : threadCount;
        int share = Math.max(1, threadCount / parallel);
        StopSignal stop = StopSignal.install();
        if (parallel > 1) {
            unpackLibraries();
        }
        List<CellReport> reports = new ParallelRunner(folder, cell -> child(folder, cell, share), new Narrator(plan))
                .run(plan, parallel, stop);
        PrintWriter out = spec.commandLine().getOut();
        out.println(SweepStatusCommand.summary(reports));
        if (stop.getAsBoolean()) {
            tell("Interrupted; the same command again goes on.");
            return stop.exitCode();
        }
        return reports.stream()
                .map(SweepRunCommand::exitCode)
                .filter(code -> code != 0)
                .min(Integer::compare)
                .orElse(0);
    }

    private Process child(SweepFolder folder, PlannedCell cell, int share) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("sweep", "run", options.file().toString()));
        arguments.addAll(List.of("--index", String.valueOf(cell.index()), "--threads", String.valueOf(share)));
        arguments.addAll(List.of("--runs", options.runs().toString()));
        arguments.addAll(dataArguments());
        return start(arguments, share, folder.log(cell).toFile());
    }

    /** Several processes that unpack the native libraries into one folder at once can spoil them. */
    private void unpackLibraries() {
        try {
            Process process = start(List.of("doctor", "--warm-cache"), 1, null);
            if (process.waitFor() != 0) {
                throw Failure.failed(
                        "the native backend does not start", "See what 'bpfree doctor --warm-cache' says.");
            }
        } catch (IOException e) {
            throw Failure.causedBy(e, Failure.Kind.FAILED, "cannot start a process: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process start(List<String> arguments, int threads, File log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.command(
                List.of("-D" + StopSignal.LEAVES_INTERRUPTS + "=true"),
                Root.of(spec).mainClass(),
                arguments));
        builder.redirectErrorStream(true)
                .redirectOutput(log == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.appendTo(log));
        builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Tells on standard error how the sweep goes, one line an event. */
    private final class Narrator implements ParallelRunner.Listener {
        private final Inspector inspector;
        private final CountedProgress progress;

        Narrator(Plan plan) {
            inspector = new Inspector(options.folder(plan));
            int done = (int) inspector.inspect(plan).stream()
                    .filter(report -> report.state().isFinal())
                    .count();
            progress = new CountedProgress(plan.cells().size(), done, System::nanoTime);
        }

        @Override
        public void began(PlannedCell cell) {
            say("cell " + cell.index() + " begins: seed " + cell.seed() + " " + cell.label());
        }

        @Override
        public void ended(CellReport report) {
            say("cell " + report.cell().index() + " is " + describe(report));
            say(progress.ended(outcome(report)));
        }

        /** Such as {@code ekdaa 0.812}; how the cell stands where it has no accuracy. */
        private String outcome(CellReport report) {
            return inspector
                    .result(report.cell())
                    .filter(result ->
                            report.state() == CellState.DONE && result.test().accuracy() != null)
                    .map(result -> String.format(
                            Locale.ROOT,
                            "%s %.3f",
                            result.what().learner(),
                            result.test().accuracy()))
                    .orElse(report.state().toString());
        }

        @Override
        public void awaits(CellReport report) {
            say("cell " + report.cell().index() + " is being run by " + report.reason() + "; waiting for it");
        }
    }

    /** Tells what nobody may miss. */
    private void tell(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private void say(String line) {
        Notes.of(spec).say(line);
    }
}
