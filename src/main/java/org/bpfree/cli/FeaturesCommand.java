package org.bpfree.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.Notes;
import org.bpfree.cli.console.StrictOption;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.Splits;
import org.bpfree.experiment.Experiment;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.learn.spiking.SpikeSource;
import org.bpfree.report.FeatureSheets;
import org.bpfree.report.RunNames;
import org.bpfree.run.RunFolder;
import org.bpfree.run.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree features}: what the layers of a network see. */
@Command(
        name = "features",
        description = "Draws the filters of the first layer and, for each chosen image, a sheet with the maps of every"
                + " layer, or the spikes of a spiking network; with --probe, measures how well a linear classifier reads"
                + " each layer. Each layer has one scale of colours, which networks that are compared share.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree features latest -o features",
            "  bpfree features runs/ekdaa-cifar10/20260101-120000-s1 --image 0,7 --picture cat.png",
            "  bpfree features runs/a --compare runs/b runs/c --format pdf -o figures",
            "  bpfree features latest --probe --probe-images 10000"
        })
final class FeaturesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainedModelOptions trained;

    @Mixin
    private CompareOption compare;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Where the sheets go. Default: the folder 'features' of the run; with --compare the folder"
                    + " 'features-compare' of the first.")
    private Path out;

    @Mixin
    private FigureFormatOption format;

    @Option(
            names = "--image",
            paramLabel = "N",
            split = ",",
            description = "Test images by number, from 0; several. Default: 0,1,2.")
    private List<Integer> images = List.of(0, 1, 2);

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = {"Pictures of your own instead of test images.", PictureOptions.TREATMENT})
    private List<Path> pictures = List.of();

    @Mixin
    private PictureOptions pictureOptions;

    @Option(
            names = "--maps",
            paramLabel = "N",
            description = "Maps of a layer that are shown, the first ones; 0 for all. Default: ${DEFAULT-VALUE}.")
    private int maps = 32;

    @Option(names = "--probe", description = "Also measures the accuracy of a linear classifier on every layer.")
    private boolean probe;

    @Option(
            names = "--probe-images",
            paramLabel = "N",
            description = "Training images the linear classifiers learn from; half as many test images measure them."
                    + " Default: ${DEFAULT-VALUE}.")
    private int probeImages = 5000;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private StrictOption strict;

    @Override
    public Integer call() {
        if (probeImages < 2) {
            throw Failure.usage(
                    "--probe-images " + probeImages + " is impossible: at least 2 are needed",
                    "Give a number such as 5000.");
        }
        if (maps < 0) {
            throw Failure.usage("--maps " + maps + " is impossible", "Give a number of maps, or 0 for all.");
        }
        threads.startBackend();
        List<RunFolder> folders = compare.withOthers(trained.folder());
        RunFolder first = folders.get(0);
        List<String> names = RunNames.each(CompareOption.settings(folders));
        TrainedModel model = trained.load(first);
        Experiment experiment = model.bench().experiment();
        Optional<Splits> splits =
                pictures.isEmpty() || probe ? Optional.of(dataFolder.open(experiment)) : Optional.empty();
        splits.ifPresent(Splits::readTest);
        FeatureSheets sheets = new FeatureSheets(
                seen(experiment, splits), experiment.data().description().shape(), maps);
        Optional<ProbeTable> table = splits.filter(each -> probe)
                .map(each -> new ProbeTable(
                        each.train().first(probeImages), each.readTest().first(probeImages / 2)));
        for (int i = 0; i < folders.size(); i++) {
            RunFolder folder = folders.get(i);
            TrainedModel each = i == 0 ? model : trained.load(folder);
            CompareOption.requireSameImages(
                    first, experiment, "the run", folder, each.bench().experiment());
            requireActivations(folder, each);
            splits.ifPresent(data -> strict.check(folder, data));
            String name = compare.isGiven() ? names.get(i) : experiment.name() + ", " + names.get(i);
            sheets.add(name, each);
            table.ifPresent(probes -> probes.add(name, each, reading -> Notes.of(spec)
                    .say(String.format(
                            Locale.ROOT, "%s: %s, %.2f %%", name, reading.layer(), 100 * reading.accuracy()))));
        }
        write(out == null ? first.file(compare.isGiven() ? "features-compare" : "features") : out, sheets, table);
        return 0;
    }

    private void requireActivations(RunFolder folder, TrainedModel model) {
        if (probe && model.bench().learner() instanceof SpikeSource) {
            throw Failure.usage(
                    "--probe reads activations, and the layers of the network of " + folder.path() + " spike",
                    "Leave --probe out; the sheets of images show what the layers do.");
        }
    }

    private List<FeatureSheets.Seen> seen(Experiment experiment, Optional<Splits> splits) {
        if (!pictures.isEmpty()) {
            ImageShape shape = experiment.data().description().shape();
            return pictures.stream()
                    .map(file -> new FeatureSheets.Seen(
                            stem(file),
                            String.valueOf(file.getFileName()),
                            Optional.empty(),
                            pictureOptions.read(
                                    file, shape, experiment.data().dataset().fit()),
                            0))
                    .toList();
        }
        ImageSet test = splits.orElseThrow().readTest();
        List<String> classes = experiment.data().description().classNames();
        List<FeatureSheets.Seen> seen = new ArrayList<>();
        for (int image : images) {
            if (image < 0 || image >= test.size()) {
                throw Failure.usage(
                        "--image " + image + " is impossible: the test images are 0 to " + (test.size() - 1),
                        "Give numbers within that, such as --image 0,1,2.");
            }

            seen.add(new FeatureSheets.Seen(
                    String.format(Locale.ROOT, "test-%05d", image),
                    "test image " + image + " of " + experiment.data().dataset().name(),
                    Optional.of(classes.get(test.label(image))),
                    test.read(image, 1),
                    0));
        }
        return seen;
    }

    private static String stem(Path picture) {
        return String.valueOf(picture.getFileName()).replaceFirst("\\.[^.]*$", "");
    }

    private void write(Path target, FeatureSheets sheets, Optional<ProbeTable> table) {
        PrintWriter console = spec.commandLine().getOut();
        for (int i = 0; i < sheets.names().size(); i++) {
            format.write(target, sheets.names().get(i), sheets.sheet(i));
        }
        table.ifPresent(probes -> {
            probes.print(console);
            AtomicFile.write(target.resolve("probe.csv"), probes.csv());
        });
        sheets.filters()
                .ifPresentOrElse(
                        filters -> format.write(target, "filters", filters),
                        () -> console.println("The weights of the first layer are not pictures; no filters."));
        console.println("written to " + target);
    }
}
