package org.bpfree.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.Durations;
import org.bpfree.cli.console.Notes;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.data.Batch;
import org.bpfree.data.BatchStream;
import org.bpfree.data.Splits;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.failure.Failure;
import org.bpfree.files.Json;
import org.bpfree.learn.Promise;
import org.bpfree.measure.AlignmentProbe;
import org.bpfree.measure.Verifier;
import org.bpfree.measure.oracle.Oracle;
import org.bpfree.measure.oracle.PlainDescent;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.optimizer.Sgd;
import org.bpfree.run.Workbench;
import org.bpfree.train.TrainingStep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree verify}: is a learner's update what its theory says? */
@Command(
        name = "verify",
        description =
                "Trains a few batches and recomputes every update from the formula of the learner, in double precision and by"
                        + " code that shares nothing with it but the tensors it publishes; then a prediction, and the laws of its"
                        + " feedback. Exits 5 when something does not hold, 1 when nothing could be checked. Large networks take"
                        + " long: the recomputation is plain loops, so give it small batches.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree verify --config configs/quickstart.yaml",
            "  bpfree verify --config configs/ekdaa-cifar10.yaml --batches 2 --set training.batchSize=8",
            "  bpfree verify --config configs/quickstart.yaml --set training.precision=float64 --batches 20 --json"
        })
final class VerifyCommand implements Callable<Integer> {
    /** Whoever waits no longer than this needs no progress. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private static final String ANGLE = "/updateAngle";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ExperimentOptions experiment;

    @Option(names = "--batches", paramLabel = "N", description = "Batches to learn. Default: ${DEFAULT-VALUE}.")
    private int batches = 10;

    @Option(names = "--json", description = "Prints the findings as JSON.")
    private boolean json;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DataFolderOption dataFolder;

    @Override
    public Integer call() {
        if (batches < 1) {
            throw Failure.usage("--batches " + batches + " is impossible: at least 1 is needed");
        }
        Experiment loaded = experiment.load().experiment();
        ModelCheck.warnings(loaded)
                .forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
        Splits splits = dataFolder.open(loaded);
        threads.startBackend();
        Workbench bench = Workbench.of(loaded, Optional.empty(), Workbench.Visibility.ERRORS);
        List<Promise> promises = ModelCheck.chosen(loaded.learner())
                .promises(bench.graph(), loaded.training().precision());
        Oracle oracle = new Oracle(loaded.learner(), bench.context(), descent(loaded));
        Verifier verifier = new Verifier(bench.context(), bench.learner(), oracle, promises, bench.recorder());
        Map<String, Double> angles = new LinkedHashMap<>();
        AlignmentProbe probe = new AlignmentProbe(
                bench.recorder(), 1, loaded.probes().gradientFloor(), (step, figures) -> keepAngles(figures, angles));
        train(bench.trainingStep(verifier.then(probe)), loaded, splits);
        verifier.judgePrediction();
        print(loaded.learnerType(), verifier, angles);
        return switch (verifier.verdict()) {
            case HOLDS -> 0;
            case BROKEN -> Failure.Kind.MISMATCH.exitCode();
            case NOT_CHECKED -> Failure.Kind.FAILED.exitCode();
        };
    }

    /** The angles of updates of weights to backpropagation's; they are told, since no theory promises one of a batch. */
    private static void keepAngles(Map<String, Double> figures, Map<String, Double> angles) {
        figures.forEach((name, angle) -> {
            if (name.endsWith("/weights" + ANGLE)) {
                angles.put(name.substring(AlignmentProbe.PREFIX.length(), name.length() - ANGLE.length()), angle);
            }
        });
    }

    /** How the optimizer moves tensors, where laws of feedback can follow it. */
    private static Optional<PlainDescent> descent(Experiment loaded) {
        boolean unlimited = loaded.orthogonality().strength() == 0
                && loaded.training().maxNorm() == 0
                && loaded.optimizer().clipNorm() == 0
                && loaded.optimizer().weightLimit() == 0;
        return unlimited && loaded.optimizer().kind() instanceof Sgd sgd && !sgd.noSignChange()
                ? Optional.of(new PlainDescent(
                        loaded.optimizer().learningRate(),
                        sgd.momentum(),
                        sgd.nesterov(),
                        loaded.optimizer().weightDecay()))
                : Optional.empty();
    }

    private void train(TrainingStep step, Experiment loaded, Splits splits) {
        try (BatchStream stream = Workbench.trainingBatches(loaded, splits)) {
            stream.start(0, 0);
            long begin = System.nanoTime();
            for (int taken = 0, epoch = 0; taken < batches; taken++) {
                Batch batch = stream.next();
                if (batch == null) {
                    stream.start(++epoch, 0);
                    batch = stream.next();
                }
                step.take(batch, OptimizerSettings::learningRate, taken);
                tellProgress(taken + 1, Duration.ofNanos(System.nanoTime() - begin));
            }
        }
    }

    /** Tells how far a verification is that takes long. */
    private void tellProgress(int done, Duration taken) {
        if (done < batches && taken.compareTo(SOON) > 0) {
            Duration left = taken.multipliedBy(batches - done).dividedBy(done);
            Notes.of(spec).say("verified " + done + " of " + batches + " batches, " + Durations.format(left) + " left");
        }
    }

    private void print(String learner, Verifier verifier, Map<String, Double> angles) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(learner, verifier, angles));
            return;
        }
        String name = "";
        for (Verifier.Line line : verifier.lines()) {
            if (!line.name().equals(name)) {
                name = line.name();
                out.println(name + "; bound: " + line.basis());
            }
            out.println("  " + text(line.finding()));
        }
        out.println("angle of the update to backpropagation's in the last batch, in degrees; told, not judged");
        angles.forEach((layer, angle) -> out.printf(
                Locale.ROOT,
                "              %-28s %s%n",
                layer,
                Double.isFinite(angle) ? String.format(Locale.ROOT, "%10.3g", angle) : " undefined"));
        out.println(learner
                + switch (verifier.verdict()) {
                    case HOLDS -> ": holds over ";
                    case BROKEN -> ": BROKEN within ";
                    case NOT_CHECKED -> ": nothing was checked in ";
                }
                + batches
                + (batches == 1 ? " batch" : " batches"));
    }

    private static String text(Promise.Finding finding) {
        if (finding.outcome() == Promise.Outcome.NOT_CHECKED) {
            return String.format(Locale.ROOT, "%-11s %-28s %s", "not checked", finding.layer(), finding.reason());
        }
        return String.format(
                Locale.ROOT,
                "%-11s %-28s %10.3g  %s %.3g",
                finding.outcome() == Promise.Outcome.HOLDS ? "holds" : "BROKEN",
                finding.layer(),
                finding.measured(),
                finding.atMost() ? "at most" : "at least",
                finding.bound());
    }

    private static String toJson(String learner, Verifier verifier, Map<String, Double> angles) {
        List<Map<String, Object>> promises = new ArrayList<>();
        for (Verifier.Line line : verifier.lines()) {
            Promise.Finding finding = line.finding();
            Map<String, Object> promise = new LinkedHashMap<>();
            promise.put("name", line.name());
            promise.put("layer", finding.layer());
            promise.put("outcome", name(finding.outcome()));
            promise.put("measured", finite(finding.measured()));
            promise.put("bound", finite(finding.bound()));
            promise.put("basis", line.basis());
            promise.put("holds", holds(finding.outcome()));
            promise.put("reason", finding.reason());
            promises.add(promise);
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("learner", learner);
        report.put("outcome", name(verifier.verdict()));
        report.put("holds", holds(verifier.verdict()));
        report.put("promises", promises);
        Map<String, Double> told = new LinkedHashMap<>();
        angles.forEach((layer, angle) -> told.put(layer, finite(angle)));
        report.put("angles", told);
        return Json.line(report);
    }

    /** A number that JSON knows, or null. */
    private static Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }

    private static String name(Promise.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** True, false, or null for what was not checked. */
    private static Boolean holds(Promise.Outcome outcome) {
        return outcome == Promise.Outcome.NOT_CHECKED ? null : Boolean.valueOf(outcome == Promise.Outcome.HOLDS);
    }
}
