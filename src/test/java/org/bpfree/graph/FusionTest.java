package org.bpfree.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpfree.learn.Bench;
import org.bpfree.model.LayerSettings;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The shape of fused graphs; that their numbers are the same is in {@code FusedGraphTest}. */
@DisplayName("Fusing")
class FusionTest {
    private static Graph graph(String layers) {
        return Bench.graph(
                Shape.of(2, 2, 3),
                2,
                (layers + "{type: flatten}\n{type: dense, units: 2}\n")
                        .lines()
                        .map(line -> Yaml.settings(LayerSettings.class, line))
                        .toArray(LayerSettings[]::new));
    }

    private static List<String> fused(String layers) {
        return graph(layers).fused().nodes().stream()
                .map(node -> node.name() + node.inputs())
                .toList();
    }

    @Test
    @DisplayName("makes one node, of the rectifier's name, of a normalization and the rectifier behind it")
    void plain() {
        String layers = "{type: batch-norm, name: n}\n{type: activation, function: relu, name: r}\n";
        assertThat(fused(layers)).containsExactly("input[]", "r[input]", "flatten1[r]", "dense1[flatten1]");
        Graph graph = graph(layers);
        Node rectified = graph.fused().nodes().get(1);
        assertThat(rectified.parameters()).isEqualTo(graph.nodes().get(1).parameters());
        assertThat(rectified.op().normalizesOverBatch()).isTrue();
        assertThat(graph.fused().parameters()).isEqualTo(graph.parameters());
    }

    @Test
    @DisplayName("takes in the sum with a shortcut, which comes first whichever place it had")
    void shortcuts() {
        String layers = """
                {type: conv, filters: 3, name: c}
                {type: batch-norm, name: n}
                {type: add, name: s, inputs: [%s]}
                {type: activation, function: relu, name: r}
                """;
        assertThat(fused(layers.formatted("n, input"))).contains("r[input, c]").hasSize(5);
        assertThat(fused(layers.formatted("input, n"))).contains("r[input, c]").hasSize(5);
    }

    @Test
    @DisplayName("leaves nodes alone that others read, sums of three, and what is no rectifier")
    void leavesAlone() {
        String readTwice = """
                {type: batch-norm, name: n}
                {type: activation, function: relu, name: r}
                {type: add, name: s, inputs: [n, r]}
                """;
        String ofThree = """
                {type: conv, filters: 3, name: c}
                {type: batch-norm, name: n}
                {type: add, name: s, inputs: [n, c, input]}
                {type: activation, function: relu, name: r}
                """;
        String smooth = "{type: batch-norm, name: n}\n{type: activation, function: tanh}\n";
        String groups = "{type: group-norm, groups: 3}\n{type: activation, function: relu}\n";
        for (String layers : List.of(readTwice, ofThree, smooth, groups)) {
            Graph graph = graph(layers);
            assertThat(graph.fused().nodes())
                    .extracting(Node::name)
                    .as(layers)
                    .isEqualTo(graph.nodes().stream().map(Node::name).toList());
        }
    }

    @Test
    @DisplayName("of two normalizations in a sum takes in the first, and the other stands beside it")
    void twoNormalizations() {
        assertThat(fused("""
                {type: batch-norm, name: m}
                {type: batch-norm, name: n, inputs: [input]}
                {type: add, name: s, inputs: [m, n]}
                {type: activation, function: relu, name: r}
                """)).containsExactly("input[]", "n[input]", "r[n, input]", "flatten1[r]", "dense1[flatten1]");
    }

    @Test
    @DisplayName("changes nothing where it has been done")
    void twice() {
        Graph once = graph("{type: batch-norm}\n{type: activation, function: relu}\n")
                .fused();
        assertThat(once.fused().nodes()).hasSameSizeAs(once.nodes());
    }
}
