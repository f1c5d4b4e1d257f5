package org.bpfree.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bpfree.config.Experiment;
import org.bpfree.config.ModelCheck;
import org.bpfree.data.Batch;
import org.bpfree.data.BatchStream;
import org.bpfree.data.DatasetLoader;
import org.bpfree.data.Splits;
import org.bpfree.failure.Failure;
import org.bpfree.learn.Promise;
import org.bpfree.measure.Verifier;
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
                "Trains a few batches beside backpropagation on the same weights and checks what the learner's theory"
                        + " promises; exits 5 when a promise is broken.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree verify --config configs/quickstart.yaml",
            "  bpfree verify --config configs/quickstart.yaml --set training.precision=float64 --batches 20 --json"
        })
final class VerifyCommand implements Callable<Integer> {
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
        Splits splits = DatasetLoader.open(loaded.data(), dataFolder.resolve(), loaded.seed());
        threads.startBackend();
        Workbench bench = Workbench.of(loaded, Optional.empty(), Workbench.Sight.ERRORS);
        List<Promise> promises = ModelCheck.provider(loaded.learner())
                .promises(loaded.learner(), bench.graph(), loaded.training().precision());
        Verifier verifier = new Verifier(promises, bench.recorder());
        train(bench.trainingStep(verifier), loaded, splits);
        boolean holds =
                verifier.lines().stream().allMatch(line -> line.finding().holds());
        print(loaded.learnerType(), verifier.lines(), holds);
        return holds ? 0 : Failure.Kind.MISMATCH.exitCode();
    }

    private void train(TrainingStep step, Experiment loaded, Splits splits) {
        try (BatchStream stream = Workbench.trainingBatches(loaded, splits)) {
            stream.start(0, 0);
            for (int taken = 0, epoch = 0; taken < batches; taken++) {
                Batch batch = stream.next();
                if (batch == null) {
                    stream.start(++epoch, 0);
                    batch = stream.next();
                }
                step.take(batch, loaded.optimizer().learningRate(), taken);
            }
        }
    }

    private void print(String learner, List<Verifier.Line> lines, boolean holds) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(learner, lines, holds));
            return;
        }
        String name = "";
        for (Verifier.Line line : lines) {
            if (!line.name().equals(name)) {
                name = line.name();
                out.println(name);
            }
            Promise.Finding finding = line.finding();
            out.printf(
                    Locale.ROOT,
                    "  %-6s %-24s %12.4g  %s %.4g%n",
                    finding.holds() ? "holds" : "BROKEN",
                    finding.layer(),
                    finding.measured(),
                    finding.atMost() ? "at most" : "at least",
                    finding.bound());
        }
        if (lines.isEmpty()) {
            out.println(learner + " promises nothing that can be checked step by step; see probes.alignmentEvery");
            return;
        }
        out.println(
                learner + (holds ? ": all promises hold" : ": a promise is broken") + " over " + batches + " batches");
    }

    private static String toJson(String learner, List<Verifier.Line> lines, boolean holds) {
        List<Map<String, Object>> promises = new ArrayList<>();
        for (Verifier.Line line : lines) {
            Map<String, Object> promise = new LinkedHashMap<>();
            promise.put("name", line.name());
            promise.put("layer", line.finding().layer());
            promise.put("measured", line.finding().measured());
            promise.put("bound", line.finding().bound());
            promise.put("holds", line.finding().holds());
            promises.add(promise);
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("learner", learner);
        report.put("holds", holds);
        report.put("promises", promises);
        return Json.line(report);
    }
}
