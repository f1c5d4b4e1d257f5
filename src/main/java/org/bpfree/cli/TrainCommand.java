package org.bpfree.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.CommandSession;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.Notes;
import org.bpfree.cli.console.ProgressMode;
import org.bpfree.cli.console.ShippedNames;
import org.bpfree.cli.console.StopSignal;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.data.Splits;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.LoadedExperiment;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.failure.Failure;
import org.bpfree.run.InitialWeights;
import org.bpfree.run.RunFolder;
import org.bpfree.run.RunResult;
import org.bpfree.run.RunSearch;
import org.bpfree.run.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree train}: trains a network and leaves a run folder. */
@Command(
        name = "train",
        description = "Trains a network as an experiment file says, and leaves a run folder.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "2:the command line or the experiment file is wrong",
            "3:a dataset is missing or corrupt",
            "4:diverged: a loss, an update or a weight after its step is NaN or infinite, or the mean loss of a batch, of the"
                    + " validation or of the test images is above training.divergenceFactor (default 1000) times the loss of"
                    + " guessing. STATUS says 'diverged', and no result.json is written.",
            "75:interrupted, can be resumed",
            StopSignal.EXIT_CODES
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree train --config configs/quickstart.yaml",
            "  bpfree train --config configs/ekdaa-cifar10.yaml --set training.epochs=5 --set seed=2",
            "  bpfree train --config configs/ekdaa-cifar10.yaml --learner backprop --run-dir runs/twin",
            "  bpfree train --config configs/ekdaa-cifar10.yaml --dry-run",
            "  bpfree train --resume latest"
        })
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            completionCandidates = ShippedNames.class,
            description =
                    "The experiment file, or the name of a shipped one (bpfree list configs); not needed with --resume.")
    private Path config;

    @Mixin
    private ConfigOptions changes;

    @Option(
            names = {"-o", "--out", "--run-dir"},
            paramLabel = "DIR",
            description = "The run folder, new or empty. Default: runs/NAME/DATE-TIME-sSEED.")
    private Path runDir;

    @Option(
            names = "--resume",
            paramLabel = "RUN",
            description =
                    "Goes on with a run: its folder, or 'latest' for the newest one that is not finished. The result is as if it had never stopped.")
    private String resume;

    @Option(
            names = "--init",
            paramLabel = "FILE",
            description =
                    "First values from a NumPy archive with arrays named parameter/LAYER/NAME or learner/NAME, as trace and export write them, or from a state dict of PyTorch (.pt) with the names and layouts of export.")
    private Path init;

    @Option(
            names = "--dry-run",
            description = "Prints the layers, their memory and the estimated time, learns one random batch, and stops.")
    private boolean dryRun;

    @Option(
            names = "--progress",
            paramLabel = "MODE",
            description = "How progress is shown on standard error: ${COMPLETION-CANDIDATES}. Default: auto.")
    private ProgressMode progress = ProgressMode.auto;

    @Option(names = "--json", description = "Prints the result as JSON.")
    private boolean json;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DataFolderOption dataFolder;

    @Override
    public Integer call() {
        if (resume != null && (init != null || runDir != null || dryRun)) {
            String other = init != null ? "--init" : runDir != null ? "--run-dir" : "--dry-run";
            throw Failure.usage(
                    other + " cannot be used with --resume",
                    "A resumed run goes on from its checkpoint, in its own folder.");
        }
        if (resume == null && config == null) {
            throw Failure.usage("train needs an experiment", "Give --config FILE, or --resume RUN.");
        }
        return resume == null ? start() : goOn();
    }

    private int start() {
        LoadedExperiment loaded = changes.load(config, List.of());
        Experiment experiment = loaded.experiment();
        if (init != null && experiment.training().twin()) {
            throw Failure.usage(
                    "--init cannot be used with training.twin: the weights are for one network",
                    "Add --set training.twin=false, and train the twin with --init and --set 'learner={type: backprop}'.");
        }
        threads.resolve();
        if (dryRun) {
            threads.startBackend();
            new DryRun(experiment, Optional.ofNullable(init).map(InitialWeights::new))
                    .print(spec.commandLine().getOut());
            return 0;
        }
        Splits splits = dataFolder.open(experiment);
        // Before there is a run folder, which a failure would leave behind.
        int threadCount = threads.startBackend();
        Optional<InitialWeights> weights = Optional.ofNullable(init).map(InitialWeights::new);
        RunFolder folder = runDir == null
                ? RunFolder.create(RunFolder.ROOT, experiment.name(), experiment.seed(), LocalDateTime.now())
                : RunFolder.createExactly(runDir);
        return train(Training.start(loaded, folder, weights), folder, splits, threadCount);
    }

    private int goOn() {
        RunFolder folder = resume.equals("latest") ? newestUnfinished() : RunFolder.find(resume, RunFolder.ROOT);
        Training training = Training.resume(folder);
        Experiment experiment = training.experiment();
        requireUnchanged(experiment);
        Splits splits = dataFolder.open(experiment);
        Optional<RunResult> finished = Training.finished(folder);
        if (finished.isPresent()) {
            Notes.of(spec).say("The run " + folder.path() + " is complete; there is nothing to resume.");
            print(finished.get());
            return 0;
        }
        OptionalInt earlier = training.earlierThreads();
        int threadCount = earlier.isPresent() ? threads.startBackend(earlier.getAsInt()) : threads.startBackend();
        return train(training, folder, splits, threadCount);
    }

    /** The run that was worked on last and can go on. Cells belong to their sweep, a run in training to its process. */
    private static RunFolder newestUnfinished() {
        return RunSearch.newestFirst(RunFolder.ROOT).stream()
                .filter(run ->
                        run.canGoOn() && !isCell(run) && Training.finished(run).isEmpty())
                .filter(run -> !run.status().equals(Optional.of(RunFolder.Status.DIVERGED)))
                .filter(run -> run.trainer().isEmpty())
                .findFirst()
                .orElseThrow(() -> Failure.usage(
                        "there is no unfinished run under " + RunFolder.ROOT.toAbsolutePath(),
                        "Runs that are done, that diverged or that a process trains are left out, and the cells of"
                                + " sweeps, with which 'bpfree sweep run' goes on.",
                        "Start one with: bpfree train --config FILE"));
    }

    private static boolean isCell(RunFolder run) {
        return Files.isDirectory(
                run.path().resolveSibling("cells").resolve(run.path().getFileName()));
    }

    /** A run goes on as it began; a changed experiment is another run. */
    private void requireUnchanged(Experiment stored) {
        if (config == null && changes.overrides().isEmpty()) {
            return;
        }
        if (config == null) {
            throw Failure.usage(
                    "--set and --learner cannot change a run that is resumed",
                    "Leave it out, or start a new run with --config and --set.");
        }
        Experiment now = changes.load(config, List.of()).experiment();
        List<ResolvedYaml.Difference> differences = ResolvedYaml.diff(stored, now);
        if (!differences.isEmpty()) {
            throw Failure.usage(
                    "the experiment differs from the one the run was started with:\n  "
                            + ResolvedYaml.lines(differences),
                    "Resume with --resume alone, which uses the run's own settings, or start a new run.");
        }
    }

    private int train(Training training, RunFolder folder, Splits splits, int threadCount) {
        Notes.of(spec).detail("run folder: " + folder.path());
        StopSignal stop = StopSignal.install();
        Optional<RunResult> result = training.run(splits, new CommandSession(spec, progress, stop, threadCount));
        if (result.isEmpty()) {
            // The log has closed with the run.
            spec.commandLine()
                    .getErr()
                    .println("Interrupted; the run is safe. Resume it with:\n  bpfree train --resume "
                            + quoted(folder.path())
                            + dataFolder
                                    .given()
                                    .map(path -> " --data-dir " + quoted(path))
                                    .orElse(""));
            return stop.exitCode();
        }
        print(result.get());
        return 0;
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_./:=@%+~\\\\-]+") ? text : "'" + text + "'";
    }

    private void print(RunResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(result.toJson());
            return;
        }
        out.printf(
                Locale.ROOT,
                "%s on %s, %d epochs (%s), seed %d%n",
                result.what().learner(),
                result.what().dataset(),
                result.epochs(),
                result.stopReason(),
                result.what().seed());
        line(out, "test accuracy", result);
        if (result.twin().isPresent()) {
            line(out, "backprop twin", result.twin().get());
            out.printf(Locale.ROOT, "  %-15s %s%n", "note", RunResult.TWIN_NOTE);
        }
        out.printf(Locale.ROOT, "  %-15s %s%n", "run folder", result.runDir());
    }

    private static void line(PrintWriter out, String what, RunResult result) {
        if (result.test().accuracy() == null) {
            out.printf(Locale.ROOT, "  %-15s not tested (training.test is false)%n", what);
            return;
        }
        out.printf(
                Locale.ROOT,
                "  %-15s %6.2f %%   loss %.4f%n",
                what,
                100 * result.test().accuracy(),
                result.test().loss());
    }
}
