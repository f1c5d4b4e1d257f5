package org.bpfree.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.bpfree.cli.console.Notes;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.files.Json;
import org.bpfree.measure.CostCurves;
import org.bpfree.measure.StepBenchmark;
import org.bpfree.measure.StepCost;
import org.bpfree.report.figure.FigureFormat;
import org.bpfree.run.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bpfree bench}: speed and memory of a training step. */
@Command(
        name = "bench",
        description =
                "Measures speed and memory of training steps on random images; reads no data. The operations in gflops and"
                        + " percentOfPeak are those of a backpropagation step by the definition of its layers, whatever the learner;"
                        + " the peak is that of a product of 1024x1024 matrices. Convolutions of 3x3 may take a quarter of their"
                        + " operations (Winograd's algorithm), so more than 100 percent is possible.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree bench --config configs/bench-cnn.yaml",
            "  bpfree bench --config configs/bench-cnn.yaml --set 'learner={type: ekdaa}' --json",
            "  bpfree bench --config configs/bench-cnn.yaml --set 'learner={type: z-il}' --beside-backprop",
            "  bpfree bench --config configs/ekdaa-cifar10.yaml --threads 1 --seconds 30",
            "  bpfree bench --config configs/bench-cnn.yaml --vary training.batchSize=16,64,256 --learners backprop,ekdaa --plot cost.png"
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ExperimentOptions experiment;

    @Mixin
    private ThreadsOption threads;

    @Option(names = "--seconds", paramLabel = "N", description = "Time to measure. Default: ${DEFAULT-VALUE}.")
    private double seconds = 10;

    @Option(
            names = "--beside-backprop",
            description = "Also takes steps of backpropagation on the same network in turn with the learner's, and"
                    + " prints the ratio of their times: it stands still when the machine does not.")
    private boolean besideBackprop;

    @Option(names = "--json", description = "Prints the figures as JSON.")
    private boolean json;

    @Option(
            names = "--vary",
            paramLabel = "PATH=N,N,...",
            description = "Measures for each of these values of a setting, such as training.batchSize=16,32,64.")
    private String vary;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "With --vary: how often to measure all of it, the fastest of each counting (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--learners",
            paramLabel = "LIST",
            split = ",",
            completionCandidates = LearnerNames.class,
            description = "With --vary: learners to measure in the place of the file's, such as backprop,ekdaa.")
    private List<String> learners = List.of();

    @Option(
            names = {"-o", "--out", "--plot"},
            paramLabel = "FILE",
            description = "With --vary: draws the time of an image over the values, one line a learner, as PNG, SVG or"
                    + " PDF by the ending of the name.")
    private Path plot;

    @Override
    public Integer call() {
        if (vary == null && (plot != null || !learners.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "--learners and --plot belong to --vary, which is not given");
        }
        if (vary != null && besideBackprop) {
            throw new ParameterException(
                    spec.commandLine(), "--beside-backprop does not go with --vary; use --learners backprop,...");
        }
        if (vary == null) {
            Experiment loaded = experiment.load().experiment();
            int threadCount = threads.startBackend();
            print(figures(loaded, measure(loaded), threadCount));
            return 0;
        }
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds " + rounds + " is below 1");
        }
        // All first: what is not allowed is told before anything is measured.
        if (plot != null) {
            FigureFormat.of(plot);
        }
        VariedSetting varied = VariedSetting.of(vary, learners, experiment);
        int threadCount = threads.startBackend();
        CostTable table = new CostTable(
                varied.path(),
                rounds * varied.points().size(),
                cost -> figures(varied.experiments().get(cost.point()), cost.step(), threadCount),
                spec.commandLine().getOut(),
                json,
                Notes.of(spec));
        Map<String, List<CostCurves.Cost>> curves = CostCurves.measure(
                varied.points(), rounds, point -> measure(varied.experiments().get(point)), table);
        if (plot != null) {
            CostTable.draw(plot, varied, curves);
        }
        return 0;
    }

    private StepCost measure(Experiment loaded) {
        Workbench bench = Workbench.of(loaded);
        Optional<Supplier<StepBenchmark>> backprop = besideBackprop
                ? Optional.of(() -> Workbench.of(ModelCheck.twin(loaded)).benchmark())
                : Optional.empty();
        return StepCost.measure(bench::benchmark, backprop, bench.graph().multiplyAddsOfStep(), seconds);
    }

    private static Map<String, Object> figures(Experiment loaded, StepCost cost, int threadCount) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("name", loaded.name());
        figures.put("learner", loaded.learnerType());
        figures.put("batchSize", loaded.training().batchSize());
        figures.put("threads", threadCount);
        StepBenchmark.Result step = cost.step();
        figures.put("steps", step.steps());
        figures.put("stepMillis", step.stepMillis());
        figures.put("cpuMillisPerStep", step.cpuMillis());
        figures.put("imagesPerSecond", step.imagesPerSecond());
        figures.put("gflops", cost.gflops());
        figures.put("peakGflops", cost.peakGflops());
        figures.put("percentOfPeak", cost.percentOfPeak());
        figures.put("peakMemoryBytes", step.peakMemoryBytes());
        figures.put("offHeapBytesPerStep", step.offHeapBytesPerStep());
        figures.put("pageFaultsPerStep", step.pageFaultsPerStep());
        cost.besideBackprop().ifPresent(times -> {
            figures.put("backpropStepMillis", times.otherMillis());
            figures.put("backpropSteps", times.median());
            figures.put("backpropStepsQuarter", times.lowerQuartile());
            figures.put("backpropStepsThreeQuarters", times.upperQuartile());
        });
        return figures;
    }

    private void print(Map<String, Object> figures) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.line(figures));
            return;
        }
        figures.forEach((name, value) -> out.printf(
                Locale.ROOT,
                "%-20s %s%n",
                name,
                value instanceof Double number ? String.format(Locale.ROOT, "%.2f", number) : value));
    }
}
