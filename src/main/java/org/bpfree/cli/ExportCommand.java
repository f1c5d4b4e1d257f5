package org.bpfree.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bpfree.measure.NumpyArchive;
import org.bpfree.run.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree export}: trained weights for other programs. */
@Command(
        name = "export",
        description = "Writes the weights of a trained network as a NumPy archive.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree export latest --format npz --out weights.npz",
            "  bpfree train --config configs/quickstart.yaml --init weights.npz"
        })
final class ExportCommand implements Callable<Integer> {
    private enum Format {
        npz
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainedModelOptions trained;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "Format: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.npz;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "The file to write. Default: weights.npz in the run folder.")
    private Path out;

    @Mixin
    private ThreadsOption threads;

    @Override
    public Integer call() {
        threads.startBackend();
        TrainedModel model = trained.load();
        Path file = out != null
                ? out
                : model.checkpoint().resolveSibling("../weights." + format).normalize();
        NumpyArchive archive = new NumpyArchive();
        model.bench().namedTensors().forEach(archive::add);
        archive.write(file);
        spec.commandLine().getOut().println(file);
        return 0;
    }
}
