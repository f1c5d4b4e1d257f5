package org.bpfree.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpfree.data.Splits;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.experiment.LoadedExperiment;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.train.Checkpoint;

/** One experiment and its run folder, from the beginning or from where it stopped, with its twin where the experiment asks for one. */
public final class Training {
    private final Experiment experiment;
    private final RunFolder folder;
    private final Optional<String> sourceText; // of a run that begins
    private final Optional<InitialWeights> init;

    private Training(
            Experiment experiment, RunFolder folder, Optional<String> sourceText, Optional<InitialWeights> init) {
        this.experiment = experiment;
        this.folder = folder;
        this.sourceText = sourceText;
        this.init = init;
    }

    /**
     * A run that begins.
     *
     * @param folder new or empty
     * @param init first values in place of those drawn
     */
    public static Training start(LoadedExperiment loaded, RunFolder folder, Optional<InitialWeights> init) {
        return new Training(loaded.experiment(), folder, Optional.of(loaded.sourceText()), init);
    }

    /**
     * A run that goes on from its newest checkpoint.
     *
     * @throws Failure if there is none, or if it belongs to another experiment than the folder's
     */
    public static Training resume(RunFolder folder) {
        String stored = folder.newestCheckpoint().header().configuration();
        Experiment experiment = ExperimentLoader.installed()
                .read(folder.checkpoints().resolve("last").toString(), stored, List.of())
                .experiment();
        requireOwn(folder, experiment);
        return new Training(experiment, folder, Optional.empty(), Optional.empty());
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
                            + ":\n  " + ResolvedYaml.lines(differences),
                    "Put back the file that changed, or start a new run.");
        }
    }

    /** What is trained. */
    public Experiment experiment() {
        return experiment;
    }

    /** The number of threads the run began with; nothing for one that begins, or whose manifest does not tell. */
    public OptionalInt earlierThreads() {
        return sourceText.isPresent()
                ? OptionalInt.empty()
                : Manifest.read(folder).map(Manifest::threads).orElse(OptionalInt.empty());
    }

    /** The result of a run, with its twin's where the experiment asks for one; nothing while one of them is not finished. */
    public static Optional<RunResult> finished(RunFolder folder) {
        return RunResult.read(folder)
                .filter(result -> result.twin().isPresent()
                        || !ExperimentLoader.installed()
                                .load(folder.file("config.resolved.yaml"), List.of())
                                .experiment()
                                .training()
                                .twin());
    }

    /**
     * Trains, while no other process trains in the folder.
     *
     * @return what was reached, or nothing when training was interrupted and can be resumed
     * @throws Failure if it diverged, or could not be done
     */
    public Optional<RunResult> run(Splits splits, Session session) {
        return RunLock.holding(folder, session::lost, () -> {
            sourceText.ifPresent(text -> AtomicFile.write(folder.file("config.yaml"), text));
            AtomicFile.removeLeftovers(folder.checkpoints());
            try (Console console = new Console(session.screen(), session.quiet(), folder.file("console.log"))) {
                return runHere(splits, session, console);
            }
        });
    }

    private Optional<RunResult> runHere(Splits splits, Session session, Console console) {
        AtomicFile.write(folder.file("config.resolved.yaml"), ResolvedYaml.print(experiment));
        // Whoever trained here until now may have come further than what was read before.
        Optional<Checkpoint> checkpoint =
                sourceText.isPresent() ? Optional.empty() : Optional.of(folder.newestCheckpoint());
        checkpoint.ifPresent(newest -> console.say(
                "Resuming " + folder.path() + " after step " + newest.header().state().step));
        Optional<RunResult> result = RunResult.read(folder);
        if (result.isEmpty()) {
            result = new TrainingRun(experiment, folder, splits, session, console, init).execute(checkpoint);
        }
        if (result.isPresent() && experiment.training().twin()) {
            result = runTwin(splits, session, console).map(result.get()::withTwin);
            result.ifPresent(both -> both.write(folder));
        }
        return result;
    }

    /** The same experiment with backpropagation, in the folder {@code twin} of the run. */
    private Optional<RunResult> runTwin(Splits splits, Session session, Console console) {
        Experiment twin = ModelCheck.twin(experiment);
        Path path = folder.file("twin");
        boolean begun = InputFile.isThere(path.resolve("checkpoints").resolve("last"));
        // Without a checkpoint the folder may hold the beginnings of a twin that was killed.
        RunFolder twinFolder = begun ? new RunFolder(path) : RunFolder.createAnew(path);
        Optional<RunResult> finished = RunResult.read(twinFolder);
        if (finished.isPresent()) {
            return finished;
        }
        AtomicFile.write(twinFolder.file("config.resolved.yaml"), ResolvedYaml.print(twin));
        return new TrainingRun(twin, twinFolder, splits, session, console, Optional.empty())
                .execute(begun ? Optional.of(twinFolder.newestCheckpoint()) : Optional.empty());
    }
}
