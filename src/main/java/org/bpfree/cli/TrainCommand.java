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
import org.bpfree.data.Splits;
import org.bpfree.data.catalogue.DatasetLoader;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.experiment.LoadedExperiment;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.run.RunFolder;
import org.bpfree.run.RunSearch;
import org.bpfree.train.Checkpoint;
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
                    "First values from a NumPy archive with arrays named parameter/LAYER/NAME or learner/NAME, as trace and export write them.")
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
            new DryRun(experiment).print(spec.commandLine().getOut());
            return 0;
        }
        Splits splits = DatasetLoader.open(experiment.data(), dataFolder.resolve(), experiment.seed());
        // Before there is a run folder, which a failure would leave behind.
        int threadCount = threads.startBackend();
        Optional<InitialWeights> weights = Optional.ofNullable(init).map(InitialWeights::new);
        RunFolder folder = runDir == null
                ? RunFolder.create(RunFolder.ROOT, experiment.name(), experiment.seed(), LocalDateTime.now())
                : RunFolder.createExactly(runDir);
        return RunLock.holding(folder, spec.commandLine().getErr(), () -> {
            AtomicFile.write(folder.file("config.yaml"), loaded.sourceText());
            return train(experiment, folder, splits, threadCount, weights, Optional.empty());
        });
    }

    private int goOn() {
        RunFolder folder = resume.equals("latest") ? newestUnfinished() : RunFolder.find(resume, RunFolder.ROOT);
        Optional<RunResult> finished = TrainingRun.finished(folder);
        Checkpoint checkpoint = folder.newestCheckpoint();
        String stored = checkpoint.header().configuration();
        Experiment experiment = ExperimentLoader.installed()
                .read(folder.checkpoints().resolve("last").toString(), stored, List.of())
                .experiment();
        requireUnchanged(experiment);
        requireOwn(folder, experiment);
        Splits splits = DatasetLoader.open(experiment.data(), dataFolder.resolve(), experiment.seed());
        if (finished.isPresent()
                && (finished.get().twin() != null || !experiment.training().twin())) {
            Notes.of(spec).say("The run " + folder.path() + " is complete; there is nothing to resume.");
            print(finished.get());
            return 0;
        }
        OptionalInt earlier = Manifest.threads(folder.file("manifest.json"));
        int threadCount = earlier.isPresent() ? threads.startBackend(earlier.getAsInt()) : threads.startBackend();
        return RunLock.holding(folder, spec.commandLine().getErr(), () -> {
            AtomicFile.removeLeftovers(folder.checkpoints());
            // Read again: whoever trained here until now may have come further.
            Checkpoint newest = folder.newestCheckpoint();
            return train(experiment, folder, splits, threadCount, Optional.empty(), Optional.of(newest));
        });
    }

    /** The run that was worked on last and can go on. Cells belong to their sweep, a run in training to its process. */
    private static RunFolder newestUnfinished() {
        return RunSearch.newestFirst(RunFolder.ROOT).stream()
                .filter(run -> run.canGoOn() && !isCell(run) && !isComplete(run))
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

    private static boolean isComplete(RunFolder run) {
        Optional<RunResult> result = TrainingRun.finished(run);
        return result.isPresent()
                && (result.get().twin() != null
                        || !ExperimentLoader.installed()
                                .load(run.file("config.resolved.yaml"), List.of())
                                .experiment()
                                .training()
                                .twin());
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
                            + String.join(
                                    "\n  ",
                                    differences.stream().map(Object::toString).toList()),
                    "Resume with --resume alone, which uses the run's own settings, or start a new run.");
        }
    }

    /** A checkpoint tells its experiment, so one copied from another run would go on with that run's experiment here. */
    private static void requireOwn(RunFolder folder, Experiment stored) {
        Path resolved = folder.file("config.resolved.yaml");
        if (!InputFile.isThere(resolved)) {
            return;
        }
        List<ResolvedYaml.Difference> differences = ResolvedYaml.diff(
                ExperimentLoader.installed().load(resolved, List.of()).experiment(), stored);
        if (!differences.isEmpty()) {
            throw Failure.failed(
                    "the checkpoint in " + folder.checkpoints() + " belongs to another experiment than " + resolved
                            + ":\n  "
                            + String.join(
                                    "\n  ",
                                    differences.stream().map(Object::toString).toList()),
                    "Put back the file that changed, or start a new run.");
        }
    }

    private int train(
            Experiment experiment,
            RunFolder folder,
            Splits splits,
            int threadCount,
            Optional<InitialWeights> weights,
            Optional<Checkpoint> resumed) {
        Notes.of(spec).detail("run folder: " + folder.path());
        AtomicFile.write(folder.file("config.resolved.yaml"), ResolvedYaml.print(experiment));
        StopSignal stop = StopSignal.install();
        PrintWriter err = spec.commandLine().getErr();
        try (Console console = new Console(err, Notes.of(spec).quiet(), folder.file("console.log"))) {
            TrainingRun.Session session = new TrainingRun.Session(
                    console,
                    Notes.of(spec).quiet() ? ProgressMode.none : progress.resolve(Terminal.showsErrors()),
                    stop,
                    threadCount,
                    spec.root().commandLine().getParseResult().originalArgs());
            resumed.ifPresent(checkpoint -> console.say("Resuming " + folder.path() + " after step "
                    + checkpoint.header().state().step));
            Optional<RunResult> result = TrainingRun.finished(folder);
            if (result.isEmpty()) {
                result = new TrainingRun(experiment, folder, splits, session, weights).execute(resumed);
            }
            if (result.isPresent() && experiment.training().twin()) {
                result = trainTwin(experiment, folder, splits, session).map(result.get()::withTwin);
                result.ifPresent(both -> AtomicFile.write(folder.file("result.json"), both.toJson() + "\n"));
            }
            if (result.isEmpty()) {
                console.warn("Interrupted; the run is safe. Resume it with:\n  bpfree train --resume "
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
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_./:=@%+~\\\\-]+") ? text : "'" + text + "'";
    }

    /** The same experiment with backpropagation, in the folder {@code twin} of the run. */
    private Optional<RunResult> trainTwin(
            Experiment experiment, RunFolder folder, Splits splits, TrainingRun.Session session) {
        Experiment twin = ModelCheck.twin(experiment);
        Path path = folder.file("twin");
        boolean begun = InputFile.isThere(path.resolve("checkpoints").resolve("last"));
        // Without a checkpoint the folder may hold the beginnings of a twin that was killed.
        RunFolder twinFolder = begun ? new RunFolder(path) : RunFolder.createAnew(path);
        Optional<RunResult> finished = TrainingRun.finished(twinFolder);
        if (finished.isPresent()) {
            return finished;
        }
        AtomicFile.write(twinFolder.file("config.resolved.yaml"), ResolvedYaml.print(twin));
        return new TrainingRun(twin, twinFolder, splits, session, Optional.empty())
                .execute(begun ? Optional.of(twinFolder.newestCheckpoint()) : Optional.empty());
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
                result.learner(),
                result.dataset(),
                result.epochs(),
                result.stopReason(),
                result.seed());
        line(out, "test accuracy", result);
        if (result.twin() != null) {
            line(out, "backprop twin", result.twin());
            out.printf(Locale.ROOT, "  %-15s %s%n", "note", RunResult.TWIN_NOTE);
        }
        out.printf(Locale.ROOT, "  %-15s %s%n", "run folder", result.runDir());
    }

    private static void line(PrintWriter out, String what, RunResult result) {
        out.printf(Locale.ROOT, "  %-15s %6.2f %%   loss %.4f%n", what, 100 * result.testAccuracy(), result.testLoss());
    }
}
