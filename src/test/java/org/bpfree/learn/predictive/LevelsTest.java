package org.bpfree.learn.predictive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.model.ArchitectureSettings;
import org.bpfree.model.ConvolutionalNetworks;
import org.bpfree.model.GraphBuilder;
import org.bpfree.model.ModelSettings;
import org.bpfree.model.SequenceNetworks;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Levels of a graph")
class LevelsTest {
    private static Graph graph(ArchitectureSettings architecture, Shape image) {
        ModelSettings model = new ModelSettings(List.of(), java.util.Optional.of(architecture));
        return GraphBuilder.build(model, image, 10, problem -> {
                    throw new AssertionError(problem);
                })
                .orElseThrow();
    }

    private static Graph residual() {
        return graph(new ArchitectureSettings.ResNet20(ActivationFunction.RELU), Shape.of(8, 8, 3));
    }

    @Test
    @DisplayName("a chain is levelled: seven nodes of a four-layer perceptron, K = 6, nothing missing")
    void chain() {
        Graph graph =
                graph(new ArchitectureSettings.Mlp(List.of(32, 32, 32), ActivationFunction.TANH), Shape.of(4, 5, 1));
        Levels levels = Levels.of(graph);
        assertThat(levels.highest()).isEqualTo(6);
        assertThat(levels.missing()).isZero();
        assertThat(levels.levelled().nodes()).hasSameSizeAs(graph.nodes());
    }

    @Test
    @DisplayName("the level of a node is its longest path to the output")
    void longestPath() {
        Graph graph = residual();
        Levels levels = Levels.of(graph);
        for (Node node : graph.nodes()) {
            int longest = graph.consumers(node).stream()
                    .mapToInt(consumer -> levels.level(consumer) + 1)
                    .max()
                    .orElse(0);
            assertThat(levels.level(node)).as(node.name()).isEqualTo(longest);
        }
        assertThat(levels.level(graph.output())).isZero();
    }

    @Test
    @DisplayName("after levelling every edge that carries errors joins neighbouring levels, and no level has changed")
    void levelledJoinsNeighbours() {
        Graph graph = residual();
        Levels before = Levels.of(graph);
        assertThat(before.missing()).isPositive();
        Graph levelled = before.levelled();
        Levels after = Levels.of(levelled);
        assertThat(after.missing()).isZero();
        assertThat(levelled.nodes()).hasSize(graph.nodes().size() + before.missing());
        for (Node node : levelled.nodes()) {
            for (Node input : node.inputs()) {
                if (levelled.needsError(input)) {
                    assertThat(after.level(input)).as(input + " -> " + node).isEqualTo(after.level(node) + 1);
                }
            }
        }
        for (Node node : graph.nodes()) {
            Node copy = levelled.nodes().stream()
                    .filter(other -> other.name().equals(node.name()))
                    .findFirst()
                    .orElseThrow();
            assertThat(after.level(copy)).as(node.name()).isEqualTo(before.level(node));
        }
        assertThat(levelled.parameters()).isEqualTo(graph.parameters());
    }

    @Test
    @DisplayName("from the output down, whatever reads a node comes before it")
    void orderPutsConsumersFirst() {
        Graph graph = residual();
        List<Node> order = Levels.of(graph).fromOutput();
        assertThat(order).containsExactlyInAnyOrderElementsOf(graph.nodes());
        for (Node node : graph.nodes()) {
            for (Node consumer : graph.consumers(node)) {
                assertThat(order.indexOf(consumer)).isLessThan(order.indexOf(node));
            }
        }
    }

    @Test
    @DisplayName("ResNet-18 needs 34 identity nodes, one transformer block 8, four on each stream (z-il.md, section 3)")
    void identityCounts() {
        Shape image = Shape.of(32, 32, 3);
        Levels resnet = Levels.of(graph(new ConvolutionalNetworks.ResNet18(ActivationFunction.RELU, 64), image));
        assertThat(resnet.missing()).isEqualTo(34);
        // The document counts K = 57: its stem is one node where this one has conv, batch-norm and activation, and it
        // ends without a
        // pool. Here each block begins with an identity that names its input.
        assertThat(resnet.highest()).isEqualTo(57 + 3 + 8);
        Levels transformer = Levels.of(graph(new SequenceNetworks.VitTiny(4, 64, 1, 4, 2), image));
        assertThat(transformer.missing()).isEqualTo(8);
        assertThat(Levels.of(graph(new SequenceNetworks.RowRnn(16, ActivationFunction.TANH), image))
                        .missing())
                .isZero();
    }
}
