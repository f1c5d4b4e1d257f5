package org.bpfree.measure.features;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bpfree.data.ImageSet;
import org.bpfree.data.Normalizer;
import org.bpfree.graph.Node;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;

/** The accuracy of a linear classifier on every layer of a network. */
public final class LayerProbe {
    private static final int GRID = 4; // places along each axis that maps are averaged over
    private static final int MOST_FEATURES = 4096;

    private final LearnerContext context;
    private final Normalizer normalizer;
    private final LabelledImages.Slot slot;
    private final long seed;
    private final LayerMaps maps;

    /**
     * A probe of a trained network.
     *
     * @param normalizer of the images the network was trained on
     * @param slot where batches are filled in
     * @param seed decides the order in which the classifiers see images
     */
    public LayerProbe(LearnerContext context, Normalizer normalizer, LabelledImages.Slot slot, long seed) {
        this.context = context;
        this.normalizer = normalizer;
        this.slot = slot;
        this.seed = seed;
        maps = new LayerMaps(context);
    }

    /**
     * How well one layer is read.
     *
     * @param layer its name
     * @param features numbers an image that the classifier reads: maps are averaged over places
     * @param size numbers an image of the layer itself
     * @param accuracy share of the test images, 0 to 1
     */
    public record Reading(String layer, int features, long size, double accuracy) {}

    /**
     * Reads the images and every layer, from the first to the last.
     *
     * @param train images to learn from
     * @param test images that measure
     * @param each told of every layer as soon as it is read
     */
    public List<Reading> run(ImageSet train, ImageSet test, Consumer<Reading> each) {
        List<Node> layers = new ArrayList<>(List.of(context.graph().input()));
        layers.addAll(LayerMaps.layers(context.graph()));
        List<Reading> readings = new ArrayList<>();
        for (Node layer : layers) {
            int grid = grid(layer);
            double accuracy = new LinearProbe(context.graph().classes(), seed)
                    .accuracy(features(layer, grid, train), features(layer, grid, test));
            Reading reading = new Reading(
                    layer.name(),
                    LayerMaps.pooledSize(layer, grid),
                    layer.shape().size(),
                    accuracy);
            each.accept(reading);
            readings.add(reading);
        }
        return readings;
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
        int capacity = slot.capacity();
        int pixels = images.shape().size();
        for (int first = 0; first < images.size(); first += capacity) {
            int count = Math.min(capacity, images.size() - first);
            float[] numbers = new float[count * pixels];
            normalizer.apply(images.read(first, count), 0, numbers, 0, numbers.length);
            LabelledImages batch = slot.fill(numbers, new int[count], count);
            maps.run(batch);
            for (int i = 0; i < count; i++) {
                labels[first + i] = images.label(first + i);
                maps.pooled(batch, layer, i, grid, values, (first + i) * size);
            }
        }
        return new LinearProbe.Features(values, labels);
    }
}
