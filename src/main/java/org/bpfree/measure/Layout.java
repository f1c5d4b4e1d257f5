package org.bpfree.measure;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bpfree.data.Normalizer;
import org.bpfree.files.Json;
import org.bpfree.graph.Graph;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;

/**
 * What arrays of a network mean, as JSON, for programs that read files of {@code trace} and {@code export}: axes, the order in which maps
 * are flattened, what was done to pixels, and every node with its op's settings.
 */
public final class Layout {
    /** The name under which files carry it. */
    public static final String FILE = "layout.json";

    /** Where the channels of a map stand. */
    public enum Order {
        /** As the program keeps maps. */
        CHANNELS_LAST(
                "batch, height, width, channels",
                "out, kernel height, kernel width, in",
                "row by row, channels fastest: element (row * width + column) * channels + channel"),
        /** As PyTorch keeps maps. */
        CHANNELS_FIRST(
                "batch, channels, height, width",
                "out, in, kernel height, kernel width",
                "channel by channel, columns fastest: element (channel * height + row) * width + column");

        private final String maps;
        private final String kernels;
        private final String flattened;

        Order(String maps, String kernels, String flattened) {
            this.maps = maps;
            this.kernels = kernels;
            this.flattened = flattened;
        }
    }

    private Layout() {}

    /**
     * The layout of a network's arrays.
     *
     * @param order of the arrays it goes with
     * @param normalizer how pixels became numbers
     * @param more entries that stand before the nodes
     */
    public static String of(
            Order order, Graph graph, LossFunction loss, Normalizer normalizer, Map<String, Object> more) {
        Map<String, String> axes = new LinkedHashMap<>(); // in an order, so that equal networks have equal bytes
        axes.put("maps", order.maps);
        axes.put("vectors", "batch, features");
        axes.put("networks that spike", "steps, then as above");
        axes.put("convolution weights", order.kernels);
        axes.put("dense weights", "out, in");
        Map<String, Object> normalization = new LinkedHashMap<>();
        normalization.put(
                "formula", "number = scale * pixel + shift, with pixels 0..255; one scale and shift a channel");
        normalization.put("scale", normalizer.scale());
        normalization.put("shift", normalizer.shift());
        Map<String, Object> layout = new LinkedHashMap<>();
        layout.put("axes", axes);
        layout.put("flatten", order.flattened);
        layout.put("normalization", normalization);
        layout.put("loss", loss.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        layout.putAll(more);
        layout.put("node shapes", "of one image, maps as height, width, channels");
        layout.put("nodes", graph.nodes().stream().map(Layout::node).toList());
        return Json.pretty(layout) + "\n";
    }

    private static Map<String, Object> node(Node node) {
        List<String> parameters = new ArrayList<>();
        for (Parameter parameter : node.parameters()) {
            parameters.add(parameter.key());
        }
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", node.name());
        entry.put("type", node.op().kind());
        entry.put("inputs", node.inputs().stream().map(Node::name).toList());
        entry.put("shape", node.shape().toArray());
        entry.put("settings", node.inputs().isEmpty() ? Map.of() : plain(node.op()));
        entry.put("parameters", parameters);
        return entry;
    }

    /** A record as a map of its components, and those within it, too; they alone, not what else its methods tell. */
    private static Object plain(Object value) {
        if (!(value instanceof Record)) {
            return value;
        }
        Map<String, Object> components = new LinkedHashMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                components.put(
                        component.getName(), plain(component.getAccessor().invoke(value)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("components of public records can be read", e);
            }
        }
        return components;
    }
}
