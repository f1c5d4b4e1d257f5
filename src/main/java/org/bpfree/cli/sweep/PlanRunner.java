package org.bpfree.cli.sweep;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.bpfree.cli.console.CountedProgress;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.Notes;
import org.bpfree.cli.console.Root;
import org.bpfree.cli.console.StopSignal;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.failure.Failure;
import org.bpfree.run.RunResult;
import org.bpfree.sweep.CellReport;
import org.bpfree.sweep.CellRunner;
import org.bpfree.sweep.CellState;
import org.bpfree.sweep.ChildJvm;
import org.bpfree.sweep.Inspector;
import org.bpfree.sweep.ParallelRunner;
import org.bpfree.sweep.Plan;
import org.bpfree.sweep.PlannedCell;
import org.bpfree.sweep.SweepFolder;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs the cells of a plan on this machine, and tells on standard error how it goes.
 *
 * @param spec of the command that runs them
 * @param threads of all cells together
 * @param dataFolder where the data lies
 * @param planFile the file of the plan, which child processes read
 * @param runs where the runs of all sweeps lie
 */
public record PlanRunner(
        CommandSpec spec, ThreadsOption threads, DataFolderOption dataFolder, Path planFile, Path runs) {

    /** The exit code that a cell asks for. */
    public static int exitCode(CellReport report) {
        return switch (report.state()) {
            case DONE -> 0;
            case DIVERGED -> Failure.Kind.DIVERGED.exitCode();
            case FAILED, MISSING -> Failure.Kind.FAILED.exitCode();
            case RUNNING, INTERRUPTED -> Failure.Kind.INTERRUPTED.exitCode();
        };
    }

    /**
     * The exit code that the cells of a plan ask for, and what is said where the work was stopped.
     *
     * @param divergenceIsFine whether a cell may diverge
     */
    public static int exitCode(CommandSpec spec, List<CellReport> reports, StopSignal stop, boolean divergenceIsFine) {
        if (stop.getAsBoolean()) {
            spec.commandLine().getErr().println("Interrupted; the same command again goes on.");
            spec.commandLine().getErr().flush();
            return stop.exitCode();
        }
        return reports.stream()
                .filter(report -> !divergenceIsFine || report.state() != CellState.DIVERGED)
                .map(PlanRunner::exitCode)
                .filter(code -> code != 0)
                .min(Integer::compare)
                .orElse(0);
    }

    /** Runs one cell in this process. */
    public CellReport runHere(PlannedCell cell, Plan plan) {
        CellTrainingHere training = new CellTrainingHere(spec, threads, dataFolder);
        CellRunner runner = new CellRunner(SweepFolder.of(runs, plan), training, () -> {
            spec.commandLine()
                    .getErr()
                    .println("bpfree: error: another process has taken over cell " + cell.index()
                            + ", which this one seemed to have left");
            spec.commandLine().getErr().flush();
            Runtime.getRuntime().halt(Failure.Kind.INTERRUPTED.exitCode());
        });
        CellReport report = runner.run(cell);
        say("cell " + cell.index() + " (" + cell.id() + "): " + describe(report));
        return report;
    }

    /**
     * Runs every cell that is not final, each in a process of its own.
     *
     * @param parallel how many at once; each gets its share of the threads. Null for as many as there are threads.
     * @param stop ends it
     * @return how the cells stand at the end
     */
    public List<CellReport> runAll(Plan plan, Integer parallel, StopSignal stop) {
        if (parallel != null && parallel < 1) {
            throw Failure.usage("--parallel " + parallel + ": expected at least 1");
        }
        SweepFolder folder = SweepFolder.of(runs, plan);
        int threadCount = threads.resolve();
        int atOnce = parallel == null ? threadCount : parallel;
        int share = Math.max(1, threadCount / atOnce);
        if (atOnce > 1) {
            unpackLibraries();
        }
        return new ParallelRunner(folder, cell -> child(folder, cell, share), new Narrator(plan, folder))
                .run(plan, atOnce, stop);
    }

    private Process child(SweepFolder folder, PlannedCell cell, int share) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("sweep", "run", planFile.toString()));
        arguments.addAll(List.of("--index", String.valueOf(cell.index()), "--threads", String.valueOf(share)));
        arguments.addAll(List.of("--runs", runs.toString()));
        dataFolder.given().ifPresent(data -> arguments.addAll(List.of("--data-dir", data.toString())));
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

        Narrator(Plan plan, SweepFolder folder) {
            inspector = new Inspector(folder);
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
                    .filter(result -> report.state() == CellState.DONE)
                    .flatMap(result -> Stream.of(result.test(), result.validation())
                            .map(RunResult.Figures::accuracy)
                            .filter(Objects::nonNull)
                            .findFirst()
                            .map(accuracy -> String.format(
                                    Locale.ROOT, "%s %.3f", result.what().learner(), accuracy)))
                    .orElse(report.state().toString());
        }

        @Override
        public void awaits(CellReport report) {
            say("cell " + report.cell().index() + " is being run by " + report.reason() + "; waiting for it");
        }
    }

    /** Such as {@code diverged: ekdaa diverged at step 3}. */
    private static String describe(CellReport report) {
        return report.state() + (report.reason().isEmpty() ? "" : ": " + report.reason());
    }

    private void say(String line) {
        Notes.of(spec).say(line);
    }
}
