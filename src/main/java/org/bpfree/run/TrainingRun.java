package org.bpfree.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bpfree.data.BatchStream;
import org.bpfree.data.Splits;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.failure.Failure;
import org.bpfree.graph.Loss;
import org.bpfree.measure.ActivityProbe;
import org.bpfree.measure.AlignmentProbe;
import org.bpfree.measure.FlatSettings;
import org.bpfree.measure.UpdateAngle;
import org.bpfree.run.RunFolder.Status;
import org.bpfree.train.Checkpoint;
import org.bpfree.train.CheckpointListener;
import org.bpfree.train.Confusion;
import org.bpfree.train.Divergence;
import org.bpfree.train.LossBound;
import org.bpfree.train.MetricsListener;
import org.bpfree.train.MetricsLog;
import org.bpfree.train.TopFive;
import org.bpfree.train.Trainer;
import org.bpfree.train.TrainingListener.StopReason;
import org.bpfree.train.TrainingState;
import org.bpfree.train.TrainingStep;

/** One experiment trained into one run folder, from the beginning or from a checkpoint. */
final class TrainingRun {
    private static final RunResult.Figures NOT_MEASURED = new RunResult.Figures(null, null, null);

    private static final RunResult.ClassFigures NO_CLASS_FIGURES = new RunResult.ClassFigures(null, null, null);

    private final Experiment experiment;
    private final RunFolder folder;
    private final Splits splits;
    private final Session session;
    private final Optional<InitialWeights> init;

    private final Console console;

    /**
     * A run.
     *
     * @param console where lines go
     * @param init first values of a fresh start, in place of those drawn
     */
    TrainingRun(
            Experiment experiment,
            RunFolder folder,
            Splits splits,
            Session session,
            Console console,
            Optional<InitialWeights> init) {
        this.init = init;
        this.console = console;
        this.experiment = experiment;
        this.folder = folder;
        this.splits = splits;
        this.session = session;
    }

    /**
     * Trains, tests and writes everything.
     *
     * @param resumed the checkpoint to go on from, or nothing for a fresh start
     * @return what was reached, or nothing when training was interrupted
     */
    Optional<RunResult> execute(Optional<Checkpoint> resumed) {
        if (resumed.isPresent()) {
            Manifest.compareWithEarlier(folder, session.threads(), splits.checksums())
                    .forEach(console::warn);
        }
        ModelCheck.warnings(experiment).forEach(warning -> console.warn("warning: " + warning));
        Manifest manifest = Manifest.begin(folder, experiment, session, splits.checksums());
        folder.writeStatus(Status.RUNNING);
        try {
            Optional<RunResult> result = train(resumed);
            folder.writeStatus(result.isPresent() ? Status.DONE : Status.INTERRUPTED);
            manifest.finish(folder, result.isPresent() ? 0 : session.stop().exitCode(), splits.checksums());
            return result;
        } catch (RuntimeException | Error e) {
            Failure.Kind kind = Diagnosis.of(e).kind();
            try {
                folder.writeStatus(kind == Failure.Kind.DIVERGED ? Status.DIVERGED : Status.FAILED);
                manifest.finish(folder, kind.exitCode(), splits.checksums());
            } catch (Failure second) {
                e.addSuppressed(second); // on a full disk the first failure is the one to tell
            }
            throw e;
        }
    }

    private Optional<RunResult> train(Optional<Checkpoint> resumed) {
        Workbench bench = Workbench.of(
                experiment, init, experiment.training().classWeights().of(splits.train()));
        init.flatMap(InitialWeights::note).ifPresent(console::say);
        TrainingState state =
                resumed.map(checkpoint -> checkpoint.header().state()).orElseGet(TrainingState::new);
        resumed.ifPresent(checkpoint -> checkpoint.restore(bench.runTensors()));
        bench.optimizer().countSkipsIn(state.skipped);
        MetricsLog metrics = MetricsLog.open(folder.path(), state);
        metrics.followedBy(EventFile.create(
                folder.path(), state.step, FlatSettings.of(ResolvedYaml.print(experiment)), Clock.systemUTC()));
        Progress progress = session.progress(console, experiment);
        Trainer trainer = new Trainer(
                bench.trainingStep(probes(bench, state, metrics, progress)),
                experiment.training(),
                experiment.optimizer(),
                bench.evaluator(splits.normalizer()),
                state,
                List.of(
                        progress,
                        new MetricsListener(metrics),
                        new CheckpointListener(
                                folder.checkpoints(),
                                this::header,
                                bench.runTensors(),
                                experiment.training().checkpointEvery(),
                                metrics::flush)));
        StopReason reason = run(trainer, state);
        if (reason == StopReason.INTERRUPTED) {
            return Optional.empty();
        }
        if (reason == StopReason.EARLY_STOPPING) {
            console.say("Stopped early: no improvement for " + state.epochsWithoutImprovement
                    + " epochs; the best was epoch " + state.bestEpoch + ".");
        }
        Optional<Tested> test = test(bench, state);
        RunResult result = result(
                bench,
                state,
                reason,
                test,
                UpdateAngle.of(
                        metrics.last(AlignmentProbe.PREFIX), experiment.probes().gradientFloor()));
        result.write(folder);
        return Optional.of(result);
    }

    /** What the test gave. */
    private record Tested(Loss.Result result, RunResult.ClassFigures classes) {}

    /** The losses of the final weights over the test images, whose predictions are written down; nothing where the experiment leaves them out. */
    private Optional<Tested> test(Workbench bench, TrainingState state) {
        Confusion confusion = Confusion.empty(experiment.data().description().classNames());
        CorrectImages.Counter correct = new CorrectImages.Counter();
        TopFive topFive = new TopFive();
        try {
            LossBound.requireFinite(bench.modelTensors());
            if (!experiment.training().test()) {
                return Optional.empty();
            }
            Loss.Result test = bench.evaluator(splits.normalizer())
                    .evaluate(splits.readTest(), confusion.and(correct).and(topFive));
            bench.lossBound().check("the test loss", test);
            confusion.write(folder.file("confusion.json"));
            correct.result().write(folder);
            return Optional.of(new Tested(
                    test,
                    new RunResult.ClassFigures(
                            confusion.balancedAccuracy(),
                            confusion.macroF1(),
                            topFive.share(confusion.classes().size()))));
        } catch (Divergence e) {
            throw diverged(e, state);
        }
    }

    /** Angles to backpropagation and the activity of the network, where the experiment asks for them. */
    private TrainingStep.Observer probes(Workbench bench, TrainingState state, MetricsLog metrics, Progress progress) {
        // The first batch of a run is the largest, and with it the learner has allocated all it needs.
        TrainingStep.Observer observer = (batch, step) -> {
            if (state.scratchBytesPerImage == 0) {
                state.scratchBytesPerImage = bench.learner().scratchBytes() / batch.size();
            }
        };
        int alignmentEvery = experiment.probes().alignmentEvery();
        if (alignmentEvery > 0) {
            observer = observer.then(new AlignmentProbe(
                    bench.recorder(), alignmentEvery, experiment.probes().gradientFloor(), (step, figures) -> {
                        metrics.add(state.epoch + 1, step, figures);
                        progress.show(figures);
                    }));
        }
        int activityEvery = experiment.probes().activityEvery();
        if (activityEvery > 0) {
            observer = observer.then(new ActivityProbe(
                    bench.learner(), activityEvery, (step, figures) -> metrics.add(state.epoch + 1, step, figures)));
        }
        return observer;
    }

    private StopReason run(Trainer trainer, TrainingState state) {
        try (BatchStream stream = Workbench.trainingBatches(experiment, splits)) {
            return trainer.run(stream, splits.validation(), session.stop());
        } catch (Divergence e) {
            throw diverged(e, state);
        }
    }

    private Failure diverged(Divergence e, TrainingState state) {
        Path last = folder.checkpoints().resolve("last");
        return Failure.causedBy(
                e,
                Failure.Kind.DIVERGED,
                experiment.learnerType() + " diverged " + place(e, state) + ": " + e.getMessage(),
                "Lower optimizer.learningRate (" + experiment.optimizer().learningRate()
                        + "), or limit updates with optimizer.clipNorm.",
                Files.exists(last)
                        ? "The last checkpoint before it is " + last
                        : "It happened before the first checkpoint.");
    }

    private static String place(Divergence e, TrainingState state) {
        return e.betweenBatches()
                ? "after step " + state.step + " (epoch " + state.epoch + ")"
                : "at step " + (state.step + 1) + " (epoch " + (state.epoch + 1) + ", batch " + (state.batch + 1) + ")";
    }

    private Checkpoint.Header header(TrainingState state) {
        return new Checkpoint.Header(
                ResolvedYaml.configurationHash(experiment),
                ResolvedYaml.print(experiment),
                state,
                splits.normalizer().scale(),
                splits.normalizer().shift(),
                List.of());
    }

    private RunResult result(
            Workbench bench, TrainingState state, StopReason reason, Optional<Tested> test, UpdateAngle updateAngle) {
        boolean validated = state.lastValidation.images() > 0;
        return new RunResult(
                new RunResult.Subject(
                        experiment.name(),
                        experiment.learnerType(),
                        experiment.data().dataset().name(),
                        experiment.seed()),
                state.epoch,
                reason.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                figures(state.lastTrain, splits.train().size()),
                validated ? figures(state.lastValidation, null) : NOT_MEASURED,
                validated ? state.bestEpoch : null,
                test.map(tested -> figures(tested.result(), tested.result().images()))
                        .orElse(NOT_MEASURED),
                test.map(Tested::classes).orElse(NO_CLASS_FIGURES),
                updateAngle,
                new RunResult.Cost(
                        state.images == 0 ? null : state.images / state.seconds,
                        state.seconds,
                        state.scratchBytesPerImage),
                new RunResult.Size(bench.graph().parameterCount(), bench.feedbackParameters()),
                folder.path().toString(),
                Optional.empty());
    }

    private static RunResult.Figures figures(Loss.Result result, Integer images) {
        return new RunResult.Figures(result.meanLoss(), result.accuracy(), images);
    }
}
