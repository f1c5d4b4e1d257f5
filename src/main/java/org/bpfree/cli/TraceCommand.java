package org.bpfree.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.Notes;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.data.Batch;
import org.bpfree.data.BatchStream;
import org.bpfree.data.Splits;
import org.bpfree.experiment.Experiment;
import org.bpfree.learn.LabelledImages;
import org.bpfree.measure.Trace;
import org.bpfree.run.InitialWeights;
import org.bpfree.run.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree trace}: every tensor of one learning step. */
@Command(
        name = "trace",
        description =
                "Writes every tensor of the first learning step as a NumPy archive, for comparison with other programs.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree trace --config configs/quickstart.yaml --out step.npz",
            "  bpfree trace --config configs/quickstart.yaml --set training.precision=float64 --init weights.npz --out step.npz"
        })
final class TraceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ExperimentOptions experiment;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "The archive to write.")
    private Path out;

    @Option(
            names = "--init",
            paramLabel = "FILE",
            description =
                    "First values from a NumPy archive with arrays named parameter/LAYER/NAME or learner/NAME, as trace and export write them, or from a state dict of PyTorch (.pt) with the names and layouts of export.")
    private Path init;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DataFolderOption dataFolder;

    @Override
    public Integer call() {
        Experiment loaded = experiment.load().experiment();
        Splits splits = dataFolder.open(loaded);
        threads.startBackend();
        Optional<InitialWeights> weights = Optional.ofNullable(init).map(InitialWeights::new);
        Workbench bench = Workbench.of(loaded, weights, Workbench.Visibility.NODES);
        weights.flatMap(InitialWeights::note).ifPresent(note -> Notes.of(spec).say(note));
        try (BatchStream stream = Workbench.trainingBatches(loaded, splits)) {
            stream.start(0, 0);
            Batch batch = stream.next();
            LabelledImages images = bench.slot().fill(batch.images, batch.labels, batch.size);
            Trace.of(bench.context(), bench.learner(), images, bench.reference(), splits.normalizer())
                    .write(out);
        }
        spec.commandLine().getOut().println(out);
        return 0;
    }
}
