package org.bpfree.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Op;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.graph.SharedParameters;
import org.bpfree.graph.op.InputOp;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Shape;

/** Turns a list of layers into a graph, following shapes from the images to the class scores. */
public final class GraphBuilder {
    private static final String INPUT = "input";

    private final Consumer<GraphProblem> problems;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<Node> read = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private boolean sound = true;

    private GraphBuilder(Consumer<GraphProblem> problems) {
        this.problems = problems;
    }

    /**
     * Builds the graph of a model.
     *
     * @param image shape of one image, {@code [height, width, channels]}
     * @param classes number of class scores the network must end with
     * @param problems told everything that does not fit
     * @return the graph, or nothing when there was a problem
     */
    public static Optional<Graph> build(
            ModelSettings model, Shape image, int classes, Consumer<GraphProblem> problems) {
        GraphBuilder builder = new GraphBuilder(problems);
        try {
            return builder.build(model.expandedLayers(image, classes), image, classes);
        } catch (InvalidSetting e) { // an architecture that does not fit the images
            builder.problem(-1, e.component(), e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Graph> build(List<LayerSettings> layers, Shape image, int classes) {
        nodes.put(INPUT, new Node(0, INPUT, new InputOp(image), List.of(), image, List.of()));
        Set<String> declared = new HashSet<>();
        layers.forEach(layer -> declared.add(layer.name()));
        String previous = INPUT;
        for (int i = 0; i < layers.size(); i++) {
            LayerSettings layer = layers.get(i);
            String name = name(layer, i, declared);
            append(layer, i, name, layer.inputs().isEmpty() ? List.of(previous) : layer.inputs());
            previous = name;
        }
        if (sound) {
            checkOutput(layers.size() - 1, nodes.get(previous), classes);
            checkAllRead(nodes.get(previous), layers);
        }
        return sound ? Optional.of(new Graph(List.copyOf(nodes.values()))) : Optional.empty();
    }

    private String name(LayerSettings layer, int index, Set<String> declared) {
        if (layer.name().isEmpty()) {
            String kind = layer.kind().op().kind();
            String name;
            do {
                name = kind + counts.merge(kind, 1, Integer::sum);
            } while (declared.contains(name));
            return name;
        }
        if (nodes.containsKey(layer.name()) || broken.contains(layer.name())) {
            problem(index, "name", "'" + layer.name() + "' is the name of an earlier layer. Names are unique.");
        }
        if (!layer.name().matches("[A-Za-z0-9._-]+")) {
            problem(
                    index,
                    "name",
                    "'" + layer.name() + "' has characters other than letters, digits, '.', '_' and '-'.");
        }
        return layer.name();
    }

    private void append(LayerSettings layer, int index, String name, List<String> inputNames) {
        List<Node> inputs = new ArrayList<>();
        for (String input : inputNames) {
            Node node = nodes.get(input);
            if (node != null) {
                inputs.add(node);
                read.add(node);
            } else if (!broken.contains(input)) {
                problem(
                        index,
                        "inputs",
                        "'" + input + "' is not a layer above this one. Known: " + nodes.keySet() + ".");
            }
        }
        if (!layer.kind().joins() && inputNames.size() > 1) {
            problem(
                    index,
                    "inputs",
                    "names " + inputNames.size() + " layers, but this type of layer reads one. "
                            + "Join them first with add, concat or multiply.");
        } else if (inputs.size() == inputNames.size() && !broken.contains(layer.share())) {
            try {
                Op op = layer.kind().op();
                List<Shape> shapes = inputs.stream().map(Node::shape).toList();
                Shape output = op.outputShape(shapes);
                List<Parameter> parameters = parameters(layer, name, op, shapes);
                nodes.putIfAbsent(name, new Node(nodes.size(), name, op, inputs, output, parameters));
                return;
            } catch (InvalidSetting e) {
                problem(index, e.component(), e.getMessage());
            }
        }
        broken.add(name);
    }

    private List<Parameter> parameters(LayerSettings layer, String name, Op op, List<Shape> inputs) {
        List<ParameterSpec> specs = op.parameters(inputs);
        return layer.share().isEmpty()
                ? specs.stream()
                        .map(spec -> new Parameter(name + "/" + spec.name(), spec))
                        .toList()
                : SharedParameters.of(layer.share(), op, specs, nodes);
    }

    private void checkOutput(int last, Node output, int classes) {
        if (output.shape().rank() != 1 || output.shape().extent(0) != classes) {
            String setting = output.op().kind().equals("dense") ? "units" : "type";
            problem(
                    last,
                    setting,
                    "the network ends with " + output.shape() + ", but the dataset has " + classes
                            + " classes. End with {type: dense, units: " + classes + "}.");
        } else if (hidesScores(output.op())) {
            problem(
                    last,
                    "type",
                    "the network ends with '" + output.op().kind()
                            + "'; the loss works on plain scores. Remove the last layer.");
        }
    }

    /** A leaky rectifier loses nothing; the networks of arXiv 2006.06438 end with one. */
    private static boolean hidesScores(Op op) {
        return op.silencesAtRandom()
                || op.pointwise()
                        .filter(function -> function != ActivationFunction.LEAKY_RELU)
                        .isPresent();
    }

    private void checkAllRead(Node output, List<LayerSettings> layers) {
        List<Node> built = List.copyOf(nodes.values());
        for (int i = 0; i < layers.size(); i++) {
            Node node = built.get(i + 1);
            if (node != output && !read.contains(node)) {
                problem(
                        i,
                        "",
                        "no layer reads '" + node.name() + "'. Name it in the inputs of another layer, or remove it.");
            }
        }
    }

    private void problem(int layer, String setting, String message) {
        sound = false;
        problems.accept(new GraphProblem(layer, setting, message));
    }
}
