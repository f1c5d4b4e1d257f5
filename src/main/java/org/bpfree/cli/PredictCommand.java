package org.bpfree.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.data.ImageShape;
import org.bpfree.files.Json;
import org.bpfree.run.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfree predict}: the classes of pictures. */
@Command(
        name = "predict",
        description = "Classifies pictures (PNG, JPEG, GIF, BMP, TIFF) with a trained network.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree predict latest cat.png",
            "  bpfree predict latest drawing.png --background white",
            "  bpfree predict runs/ekdaa-cifar10/20260101-120000-s1 *.png --json"
        })
final class PredictCommand implements Callable<Integer> {
    private static final int SHOWN = 3;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainedModelOptions trained;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "IMAGE",
            description = {
                "Pictures; with light strokes on dark ground for MNIST and Fashion-MNIST.",
                PictureOptions.TREATMENT
            })
    private List<Path> pictures;

    @Option(names = "--json", description = "Prints one JSON object a picture.")
    private boolean json;

    @Mixin
    private PictureOptions pictureOptions;

    @Mixin
    private ThreadsOption threads;

    @Override
    public Integer call() {
        threads.startBackend();
        TrainedModel model = trained.load();
        var data = model.bench().experiment().data();
        ImageShape shape = data.description().shape();
        List<String> names = data.description().classNames();
        for (Path picture : pictures) {
            byte[] pixels = pictureOptions.read(picture, shape, data.dataset().fit());
            print(picture, names, model.probabilities(pixels, 0));
        }
        return 0;
    }

    private void print(Path picture, List<String> names, double[] probabilities) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, probabilities.length).boxed().toList());
        order.sort(Comparator.comparingDouble((Integer i) -> -probabilities[i]));
        if (!json) {
            String best = order.stream()
                    .limit(SHOWN)
                    .map(i -> String.format(Locale.ROOT, "%s %.1f %%", names.get(i), 100 * probabilities[i]))
                    .collect(Collectors.joining(", "));
            spec.commandLine().getOut().println(picture + ": " + best);
            return;
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("image", picture.toString());
        object.put("class", names.get(order.get(0)));
        Map<String, Double> byClass = new LinkedHashMap<>();
        order.forEach(i -> byClass.put(names.get(i), probabilities[i]));
        object.put("probabilities", byClass);
        spec.commandLine().getOut().println(Json.line(object));
    }
}
