package org.bpfree.cli.study;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.StopSignal;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.cli.sweep.CellTrainingHere;
import org.bpfree.failure.Failure;
import org.bpfree.run.RunFolder;
import org.bpfree.run.RunRecord;
import org.bpfree.study.Archive;
import org.bpfree.study.ArchivedCell;
import org.bpfree.study.Reproduction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfree reproduce}: one published cell, run again. */
@Command(
        name = "reproduce",
        description =
                "Runs a cell of an archive again and says in what the two differ, and in what they were made differently.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every figure and all metrics are equal to the last digit",
            "5:they are not",
            "75:interrupted",
            StopSignal.EXIT_CODES
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree reproduce smoke.jsonl --cell 9a64472744174931",
            "  bpfree reproduce smoke.jsonl --cell 9a64 --threads 1"
        })
public final class ReproduceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ARCHIVE", arity = "1", description = "The archive that 'bpfree study archive' wrote.")
    private Path file;

    @Option(
            names = "--cell",
            paramLabel = "ID",
            required = true,
            description = "The id of the cell, or how it begins; 'bpfree study status --json' lists ids.")
    private String id;

    @Option(
            names = {"-o", "--out", "--run-dir"},
            paramLabel = "DIR",
            description = "The run folder. Default: one in runs/reproduced.")
    private Path runDir;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DataFolderOption dataFolder;

    @Override
    public Integer call() {
        ArchivedCell cell = Archive.read(file)
                .find(id)
                .orElseThrow(() -> Failure.usage(
                        "--cell " + id + ": " + file + " has no cell whose id begins so, or several",
                        "An id has 16 digits and stands first in each line."));
        RunFolder run = runDir == null
                ? RunFolder.create(RunFolder.ROOT, "reproduced", cell.seed(), LocalDateTime.now())
                : RunFolder.createExactly(runDir);
        boolean done;
        try {
            done = new CellTrainingHere(spec, threads, dataFolder).begin(cell.configuration(), run);
        } catch (Failure e) {
            if (e.kind() != Failure.Kind.DIVERGED) {
                throw e;
            }
            done = true; // as the archived one may have done
        }
        if (!done) {
            return Failure.Kind.INTERRUPTED.exitCode();
        }
        RunRecord archived = RunRecord.of(file, cell.configuration(), cell.files());
        return tell(Reproduction.of(archived, RunRecord.read(run)), run);
    }

    private int tell(Reproduction reproduction, RunFolder run) {
        PrintWriter out = spec.commandLine().getOut();
        if (reproduction.isExact()) {
            out.println("equal: every figure, and " + reproduction.metrics() + " lines of metrics, to the last digit");
        } else {
            out.println("different: " + reproduction.differences().size() + " figures, and "
                    + reproduction.differingMetrics() + " of " + reproduction.metrics() + " lines of metrics");
            reproduction.differences().forEach(line -> out.println("  " + line));
        }
        if (!reproduction.conditions().isEmpty()) {
            out.println(
                    reproduction.isExact()
                            ? "although they were made differently:"
                            : "what was different, and may be why:");
            reproduction.conditions().forEach(line -> out.println("  " + line));
        } else if (!reproduction.isExact()) {
            out.println(
                    "version, threads, processor, Java and data are the same; equal conditions should give equal figures");
        }
        out.println("run folder: " + run.path());
        return reproduction.isExact() ? 0 : Failure.Kind.MISMATCH.exitCode();
    }
}
