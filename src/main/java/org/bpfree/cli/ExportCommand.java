package org.bpfree.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.Notes;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.measure.Layout;
import org.bpfree.measure.NumpyArchive;
import org.bpfree.measure.pytorch.StateDict;
import org.bpfree.measure.pytorch.TorchFile;
import org.bpfree.run.TrainedModel;
import org.bpfree.run.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree export}: trained weights for other programs. */
@Command(
        name = "export",
        description = {
            "Writes the weights of a trained network for NumPy or PyTorch; train --init reads both.",
            "",
            "npz: a NumPy archive of all values, the learner's own too, with layout.json: axes, the order of flattened maps,"
                    + " normalization, nodes.",
            "pytorch: a state dict in PyTorch's layouts, which torch.load opens; layout.json lies in it, too, and"
                    + " bpfree_model.py, written beside it, builds the network as a torch.nn.Module."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree export latest --format npz --out weights.npz",
            "  bpfree export latest --format pytorch --out weights.pt",
            "  python3 -c 'from bpfree_model import load; print(load(\"weights.pt\"))'",
            "  bpfree train --config configs/quickstart.yaml --init weights.pt"
        })
final class ExportCommand implements Callable<Integer> {
    private static final String LOADER = "bpfree_model.py";

    private enum Format {
        npz("npz"),
        pytorch("pt");

        private final String extension;

        Format(String extension) {
            this.extension = extension;
        }
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
            description = "The file to write. Default: weights.npz or weights.pt in the run folder.")
    private Path out;

    @Mixin
    private ThreadsOption threads;

    @Override
    public Integer call() {
        threads.startBackend();
        TrainedModel model = trained.load();
        Path file = out != null
                ? out
                : model.checkpoint()
                        .resolveSibling("../weights." + format.extension)
                        .normalize();
        PrintWriter printer = spec.commandLine().getOut();
        switch (format) {
            case npz -> {
                NumpyArchive archive = new NumpyArchive();
                model.bench().namedTensors().forEach(archive::add);
                archive.addText(Layout.FILE, layout(model, Layout.Order.CHANNELS_LAST));
                archive.write(file);
                printer.println(file);
            }
            case pytorch -> {
                requireNoTime(model.bench().experiment().learner());
                Workbench bench = model.bench();
                StateDict dict = StateDict.of(bench.graph());
                TorchFile.write(file, dict.arrays(bench.parameters()), layout(model, Layout.Order.CHANNELS_FIRST));
                printer.println(file);
                if (Files.isRegularFile(file)) {
                    writeLoader(file.resolveSibling(LOADER), printer);
                }
            }
        }
        return 0;
    }

    private static String layout(TrainedModel model, Layout.Order order) {
        LearnerContext context = model.bench().context();
        return Layout.of(order, context.graph(), context.lossFunction(), model.normalizer(), Map.of());
    }

    private static void requireNoTime(LearnerSettings learner) {
        if (ModelCheck.chosen(learner).samplesPerImage() > 1) {
            throw Failure.usage(
                    "a network that spikes has no counterpart in PyTorch",
                    "Write the values as they are with --format npz.");
        }
    }

    private void writeLoader(Path file, PrintWriter printer) {
        byte[] script = loader();
        if (!InputFile.isThere(file)) {
            AtomicFile.write(file, script);
            printer.println(file);
        } else if (!isEqual(file, script)) {
            Notes.of(spec).note(file + " is there with other content, and was left as it is.");
        }
    }

    private static boolean isEqual(Path file, byte[] content) {
        try {
            return Arrays.equals(Files.readAllBytes(file), content);
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] loader() {
        try (InputStream in = StateDict.class.getResourceAsStream(LOADER)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
