package org.bpfree.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bpfree.data.ImageSet;
import org.bpfree.data.Splits;
import org.bpfree.files.AtomicFile;
import org.bpfree.graph.Node;
import org.bpfree.learn.LabelledImages;
import org.bpfree.measure.features.LayerMaps;
import org.bpfree.measure.features.LinearProbe;
import org.bpfree.run.TrainedModel;

/** The accuracy of a linear classifier on every layer of a network. */
final class LayerProbe {
    private static final int GRID = 4; // places along each axis that maps are averaged over
    private static final int MOST_FEATURES = 4096;

    private final TrainedModel model;
    private final ImageSet train;
    private final ImageSet test;
    private final LayerMaps maps;

    /**
     * A probe.
     *
     * @param images training images to learn from; half as many test images measure
     */
    LayerProbe(TrainedModel model, Splits splits, int images) {
        this.model = model;
        train = splits.train().first(images);
        test = splits.readTest().first(images / 2);
        maps = new LayerMaps(model.bench().context());
    }

    /** Prints a line a layer and writes {@code probe.csv}. */
    void run(PrintWriter console, Path folder) {
        long seed = model.bench().experiment().seed();
        StringBuilder table = new StringBuilder("layer,features,accuracy\n");
        console.printf(
                Locale.ROOT,
                "linear classifiers on every layer, %d training and %d test images%n",
                train.size(),
                test.size());
        Map<Node, Integer> grids = new LinkedHashMap<>();
        Node input = model.bench().graph().input();
        grids.put(input, grid(input));
        LayerMaps.layers(model.bench().graph()).forEach(node -> grids.put(node, grid(node)));
        for (Map.Entry<Node, Integer> layer : grids.entrySet()) {
            double accuracy = new LinearProbe(model.bench().graph().classes(), seed)
                    .accuracy(
                            features(layer.getKey(), layer.getValue(), train),
                            features(layer.getKey(), layer.getValue(), test));
            int size = LayerMaps.pooledSize(layer.getKey(), layer.getValue());
            console.printf(
                    Locale.ROOT,
                    "  %-20s %6d features %7.2f %%%n",
                    layer.getKey().name(),
                    size,
                    100 * accuracy);
            console.flush();
            table.append(String.format(Locale.ROOT, "%s,%d,%s%n", layer.getKey().name(), size, accuracy));
        }
        AtomicFile.write(folder.resolve("probe.csv"), table.toString());
    }

    private static int grid(Node layer) {
        int grid = GRID;
        while (grid > 1 && LayerMaps.pooledSize(layer, grid) > MOST_FEATURES) {
            grid--;
        }
        return grid;
    }

    private LinearProbe.Features features(Node layer, int grid, ImageSet images) {
        int size = LayerMaps.pooledSize(layer, grid);
        float[] values = new float[images.size() * size];
        int[] labels = new int[images.size()];
        int capacity = model.bench().slot().capacity();
        int pixels = images.shape().size();
        for (int first = 0; first < images.size(); first += capacity) {
            int count = Math.min(capacity, images.size() - first);
            float[] numbers = new float[count * pixels];
            model.normalizer().apply(images.pixels(), first * pixels, numbers, 0, numbers.length);
            LabelledImages batch = model.bench().slot().fill(numbers, new int[count], count);
            maps.run(batch);
            for (int i = 0; i < count; i++) {
                labels[first + i] = images.label(first + i);
                maps.pooled(batch, layer, i, grid, values, (first + i) * size);
            }
        }
        return new LinearProbe.Features(values, labels);
    }
}
