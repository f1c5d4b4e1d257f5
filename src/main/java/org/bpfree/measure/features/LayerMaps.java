package org.bpfree.measure.features;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Pass;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Shape;

/** The activations of every layer for images, of a network as it predicts. */
public final class LayerMaps {
    private final LearnerContext context;
    private final Arena arena;
    private final Map<LabelledImages, Pass> passes = new HashMap<>();

    /** Maps of the network a learner was given; scratch is its own. */
    public LayerMaps(LearnerContext context) {
        this.context = context;
        arena = new Arena(context.arena().precision());
    }

    /** The layers that have something of their own to show: all but the images and mere views. */
    public static List<Node> layers(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node != graph.input() && !node.op().isView())
                .toList();
    }

    /** Runs a batch through the network; {@link #maps} and {@link #pooled} tell of it. */
    public void run(LabelledImages batch) {
        pass(batch).forward();
    }

    /**
     * The maps of one image in a layer.
     *
     * @return one map {@code [height, width]} a channel, as {@link #mapShape} says; each unit of a layer without places is a map of one number
     */
    public List<double[]> maps(LabelledImages batch, Node layer, int image) {
        int size = Math.toIntExact(layer.shape().size());
        double[] values = new double[size];
        pass(batch).activation(layer).read(image * size, values, 0, size);
        int places = Math.toIntExact(mapShape(layer).size());
        int channels = size / places;
        List<double[]> maps = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            double[] map = new double[places];
            for (int i = 0; i < places; i++) {
                map[i] = values[i * channels + channel];
            }
            maps.add(map);
        }
        return maps;
    }

    /** The height and width of the maps of a layer. */
    public static Shape mapShape(Node layer) {
        return layer.shape().rank() == 3
                ? Shape.of(layer.shape().extent(0), layer.shape().extent(1))
                : Shape.of(1, 1);
    }

    /**
     * The activations of one image in a layer as features: maps are averaged over a grid of at most {@code grid} by {@code grid} places.
     *
     * @param into written from a position on, {@link #pooledSize} numbers
     */
    public void pooled(LabelledImages batch, Node layer, int image, int grid, float[] into, int at) {
        int size = Math.toIntExact(layer.shape().size());
        double[] values = new double[size];
        pass(batch).activation(layer).read(image * size, values, 0, size);
        if (layer.shape().rank() != 3) {
            for (int i = 0; i < size; i++) {
                into[at + i] = (float) values[i];
            }
            return;
        }
        int height = layer.shape().extent(0);
        int width = layer.shape().extent(1);
        int channels = layer.shape().extent(2);
        int rows = Math.min(grid, height);
        int columns = Math.min(grid, width);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int target = at + (row * columns + column) * channels;
                average(
                        values,
                        new int[] {row * height / rows, (row + 1) * height / rows},
                        new int[] {column * width / columns, (column + 1) * width / columns},
                        width,
                        channels,
                        into,
                        target);
            }
        }
    }

    private static void average(
            double[] values, int[] rows, int[] columns, int width, int channels, float[] into, int at) {
        int places = (rows[1] - rows[0]) * (columns[1] - columns[0]);
        for (int channel = 0; channel < channels; channel++) {
            double sum = 0;
            for (int y = rows[0]; y < rows[1]; y++) {
                for (int x = columns[0]; x < columns[1]; x++) {
                    sum += values[(y * width + x) * channels + channel];
                }
            }
            into[at + channel] = (float) (sum / places);
        }
    }

    /** Numbers {@link #pooled} writes for a layer. */
    public static int pooledSize(Node layer, int grid) {
        Shape shape = layer.shape();
        return shape.rank() == 3
                ? Math.min(grid, shape.extent(0)) * Math.min(grid, shape.extent(1)) * shape.extent(2)
                : Math.toIntExact(shape.size());
    }

    private Pass pass(LabelledImages batch) {
        return passes.computeIfAbsent(
                batch,
                images -> new Pass(
                        context.graph(),
                        context.parameters(),
                        images.images(),
                        Kernel.Mode.PREDICT,
                        arena,
                        context.noise()));
    }
}
