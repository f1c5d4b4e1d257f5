package org.bpfree.graph;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bpfree.settings.InvalidSetting;

/** The parameters of an earlier layer, for a layer that shares them. */
public final class SharedParameters {
    private SharedParameters() {}

    /**
     * The parameters of the layer named {@code source}. Initial laws are those of the source.
     *
     * @param specs what the sharing op needs
     * @param earlier the layers above, by name
     * @throws InvalidSetting if there is no such layer, or one of another kind or with parameters of other shapes
     */
    public static List<Parameter> of(String source, Op op, List<ParameterSpec> specs, Map<String, Node> earlier) {
        Node node = earlier.get(source);
        if (node == null) {
            throw new InvalidSetting(
                    "share",
                    "'" + source + "' is not a layer above this one. " + known(op, earlier)
                            + " Name one of them, or leave 'share' out.");
        }
        if (!node.op().kind().equals(op.kind())) {
            throw new InvalidSetting(
                    "share",
                    "'" + source + "' is of type " + node.op().kind() + ", but this layer is of type " + op.kind()
                            + ". " + known(op, earlier));
        }
        String offered =
                describe(node.parameters().stream().map(Parameter::spec).toList());
        String needed = describe(specs);
        if (!offered.equals(needed)) {
            throw new InvalidSetting(
                    "share",
                    "'" + source + "' has " + offered + ", but this layer needs " + needed
                            + ". Give both layers equal settings and inputs of equal size.");
        }
        return node.parameters();
    }

    private static String known(Op op, Map<String, Node> earlier) {
        String names = earlier.values().stream()
                .filter(node -> node.op().kind().equals(op.kind()))
                .map(Node::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? "There is no " + op.kind() + " layer above."
                : "Layers of type " + op.kind() + " above: " + names + ".";
    }

    private static String describe(List<ParameterSpec> specs) {
        return specs.stream().map(spec -> spec.name() + " " + spec.shape()).collect(Collectors.joining(" and "));
    }
}
