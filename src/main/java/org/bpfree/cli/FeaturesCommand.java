package org.bpfree.cli;

import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.StrictOption;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.Splits;
import org.bpfree.data.catalogue.DatasetLoader;
import org.bpfree.experiment.Experiment;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.graph.Node;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.spiking.SpikeSource;
import org.bpfree.measure.SpikeRaster;
import org.bpfree.measure.features.LayerMaps;
import org.bpfree.measure.features.LayerProbe;
import org.bpfree.report.ImageGrid;
import org.bpfree.report.PngFile;
import org.bpfree.run.RunFolder;
import org.bpfree.run.TrainedModel;
import org.bpfree.tensor.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree features}: what the layers of a network see. */
@Command(
        name = "features",
        description = "Draws the filters of the first layer and, for chosen images, the maps of every layer, or the"
                + " spikes of a spiking network; with --probe, measures how well a linear classifier reads each layer.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree features latest -o features",
            "  bpfree features runs/ekdaa-cifar10/20260101-120000-s1 --image 0,7 --picture cat.png",
            "  bpfree features latest --probe --probe-images 10000"
        })
final class FeaturesCommand implements Callable<Integer> {
    private static final int LARGE = 160; // screen points from which nothing is enlarged

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainedModelOptions trained;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Where the pictures go. Default: the folder 'features' of the run.")
    private Path out;

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
        threads.startBackend();
        RunFolder folder = trained.folder();
        TrainedModel model = trained.load();
        if (probe && model.bench().learner() instanceof SpikeSource) {
            throw Failure.usage(
                    "--probe reads activations, and the layers of this network spike",
                    "Leave --probe out; the picture spikes.png shows what the layers do.");
        }
        Path target = out == null ? folder.file("features") : out;
        PrintWriter console = spec.commandLine().getOut();
        Experiment experiment = model.bench().experiment();
        ImageShape shape = experiment.data().description().shape();
        for (Path picture : pictures) {
            draw(
                    model,
                    pictureOptions.read(
                            picture, shape, experiment.data().dataset().fit()),
                    0,
                    shape,
                    target.resolve(stem(picture)));
        }
        if (pictures.isEmpty() || probe) {
            Splits splits = DatasetLoader.open(experiment.data(), dataFolder.resolve(), experiment.seed());
            splits.readTest();
            strict.check(folder, splits);
            if (pictures.isEmpty()) {
                drawTestImages(model, splits.readTest(), target);
            }
            if (probe) {
                probe(model, splits, console, target);
            }
        }
        RunPictures.filters(model)
                .ifPresentOrElse(
                        picture -> PngFile.write(target.resolve("filters.png"), picture),
                        () -> console.println("The weights of the first layer are not pictures; no filters.png."));
        console.println("written to " + target);
        return 0;
    }

    private void drawTestImages(TrainedModel model, ImageSet test, Path target) {
        for (int image : images) {
            if (image < 0 || image >= test.size()) {
                throw Failure.usage(
                        "--image " + image + " is impossible: the test images are 0 to " + (test.size() - 1),
                        "Give numbers within that, such as --image 0,1,2.");
            }
        }
        for (int image : images) {
            draw(
                    model,
                    test.pixels(),
                    image * test.shape().size(),
                    test.shape(),
                    target.resolve(String.format(Locale.ROOT, "test-%05d", image)));
        }
    }

    private static String stem(Path picture) {
        return String.valueOf(picture.getFileName()).replaceFirst("\\.[^.]*$", "");
    }

    private static void draw(TrainedModel model, byte[] pixels, int from, ImageShape shape, Path folder) {
        BufferedImage image = ImageGrid.ofBytes(pixels, from, shape.height(), shape.width(), shape.channels());
        PngFile.write(folder.resolve("00-image.png"), ImageGrid.of(List.of(image), zoom(shape.height())));
        LabelledImages batch = model.batch(pixels, from);
        if (model.bench().learner() instanceof SpikeSource spiking) {
            PngFile.write(
                    folder.resolve("spikes.png"),
                    SpikeRaster.draw(spiking.spikes(batch, 0), "Spikes of " + folder.getFileName()));
            return;
        }
        LayerMaps maps = new LayerMaps(model.bench().context());
        maps.run(batch);
        int number = 1;
        for (Node layer : LayerMaps.layers(model.bench().graph())) {
            Shape size = LayerMaps.mapShape(layer);
            List<BufferedImage> tiles = maps.maps(batch, layer, 0).stream()
                    .map(map -> ImageGrid.stretched(map, size.extent(0), size.extent(1), 1))
                    .toList();
            PngFile.write(
                    folder.resolve(String.format(Locale.ROOT, "%02d-%s.png", number++, layer.name())),
                    ImageGrid.of(
                            tiles, tiles.size() == 1 ? zoom(size.extent(0)) : Math.max(1, zoom(size.extent(0)) / 2)));
        }
    }

    private static int zoom(int height) {
        return Math.max(1, LARGE / height);
    }

    /** Prints a line a layer and writes {@code probe.csv}. */
    private void probe(TrainedModel model, Splits splits, PrintWriter console, Path target) {
        ImageSet train = splits.train().first(probeImages);
        ImageSet test = splits.readTest().first(probeImages / 2);
        console.printf(
                Locale.ROOT,
                "linear classifiers on every layer, %d training and %d test images%n",
                train.size(),
                test.size());
        StringBuilder table = new StringBuilder("layer,features,accuracy\n");
        new LayerProbe(
                        model.bench().context(),
                        model.normalizer(),
                        model.bench().slot(),
                        model.bench().experiment().seed())
                .run(train, test, layer -> {
                    console.printf(
                            Locale.ROOT,
                            "  %-20s %6d features%s %7.2f %%%n",
                            layer.layer(),
                            layer.features(),
                            layer.features() < layer.size() ? " (averages of " + layer.size() + ")" : "",
                            100 * layer.accuracy());
                    console.flush();
                    table.append(String.format(
                            Locale.ROOT, "%s,%d,%s%n", layer.layer(), layer.features(), layer.accuracy()));
                });
        AtomicFile.write(target.resolve("probe.csv"), table.toString());
    }
}
