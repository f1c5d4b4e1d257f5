package org.bpfree.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.Notes;
import org.bpfree.data.catalogue.BuiltInDatasets;
import org.bpfree.data.catalogue.DatasetManifest;
import org.bpfree.data.catalogue.DatasetWriter;
import org.bpfree.data.catalogue.PublishedDataset;
import org.bpfree.failure.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree data synth}: generated images in the formats of real datasets. */
@Command(
        name = "synth",
        description =
                "Writes generated images in the files of a real dataset, so that no download is needed to try things.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree data synth --format cifar --out /tmp/data",
            "  bpfree train --config configs/ekdaa-cifar10.yaml --data-dir /tmp/data"
        })
final class DataSynthCommand implements Callable<Integer> {
    private static final int MOST = 100_000; // images; 300 MB of pixels at 32x32x3
    private static final int FILES = 5; // training files of CIFAR-10

    /** The layouts, named as on the command line. */
    enum Layout {
        idx(new BuiltInDatasets.Mnist()),
        cifar(new BuiltInDatasets.Cifar10()),
        svhn(new BuiltInDatasets.Svhn());

        private final PublishedDataset dataset;

        Layout(PublishedDataset dataset) {
            this.dataset = dataset;
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--format",
            required = true,
            description = "${COMPLETION-CANDIDATES}: written as mnist (28x28x1), cifar-10 or svhn (32x32x3).")
    private Layout format;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "DIR",
            description = "Data folder to write into.")
    private Path out;

    @Option(names = "--train", defaultValue = "5000", description = "Training images. Default: ${DEFAULT-VALUE}.")
    private int train;

    @Option(names = "--test", defaultValue = "1000", description = "Test images. Default: ${DEFAULT-VALUE}.")
    private int test;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the images. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() {
        check("--train", train, FILES);
        check("--test", test, 1);
        DatasetManifest manifest = format.dataset.manifest();
        List<Path> written =
                DatasetWriter.writeSynthetic(manifest, out.toAbsolutePath().normalize(), train, test, seed);
        written.forEach(path -> spec.commandLine().getOut().println(path));
        Notes.of(spec).say("Use them as the dataset '" + format.dataset.name() + "' with --data-dir " + out);
        return 0;
    }

    private static void check(String option, int value, int least) {
        if (value < least || value > MOST) {
            throw Failure.usage(option + " = " + value + "; allowed are " + least + " to " + MOST);
        }
    }
}
