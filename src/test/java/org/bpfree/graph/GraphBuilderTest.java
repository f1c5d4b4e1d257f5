package org.bpfree.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.named;
import static org.bpfree.learn.Layers.tanh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfree.graph.LayerSettings.Padding;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Building a graph")
class GraphBuilderTest {
    private static final Shape COLOUR = Shape.of(32, 32, 3);
    private static final Shape GREY = Shape.of(28, 28, 1);

    private final List<GraphProblem> problems = new ArrayList<>();

    private Optional<Graph> build(LayerSettings... layers) {
        return GraphBuilder.build(new ModelSettings(List.of(layers), Optional.empty()), COLOUR, 10, problems::add);
    }

    private Graph architecture(ArchitectureSettings settings, Shape image) {
        return GraphBuilder.build(new ModelSettings(List.of(), Optional.of(settings)), image, 10, problem -> {
                    throw new AssertionError(problem);
                })
                .orElseThrow();
    }

    @Test
    @DisplayName("follows shapes: same and valid padding, strides, pools")
    void shapes() {
        Graph graph = build(
                        conv(8),
                        conv(4, 5, 1, Padding.VALID, true),
                        conv(4, 3, 2, Padding.SAME, true),
                        maxPool(),
                        flatten(),
                        dense(10))
                .orElseThrow();
        assertThat(graph.nodes().stream().map(node -> node.name() + " " + node.shape()))
                .containsExactly(
                        "input 32x32x3",
                        "conv1 32x32x8",
                        "conv2 28x28x4",
                        "conv3 14x14x4",
                        "max-pool1 7x7x4",
                        "flatten1 196",
                        "dense1 10");
    }

    @Test
    @DisplayName("reports all problems at once, each with its layer and setting")
    void allProblems() {
        assertThat(build(conv(8), dense(12), named("a", 3, "nowhere"), flatten(), maxPool(), dense(10)))
                .isEmpty();
        assertThat(problems.stream().map(problem -> problem.layer() + " " + problem.setting()))
                .contains("1 units", "2 inputs");
    }

    @Test
    @DisplayName("says that a kernel is larger than its map")
    void kernelTooLarge() {
        build(maxPool(), maxPool(), maxPool(), conv(4, 5, 1, Padding.VALID, true), flatten(), dense(10));
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.setting()).isEqualTo("kernel");
            assertThat(problem.message()).contains("5x5").contains("4x4x3");
        });
    }

    @Test
    @DisplayName("says that the number of scores is not the number of classes")
    void wrongClasses() {
        build(flatten(), dense(12));
        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("12")
                .contains("10 classes"));
    }

    @Test
    @DisplayName("says that a layer is read by nobody, that a name is taken, and that a join's inputs differ")
    void danglingNamesAndJoins() {
        build(named("a", 3, "input"), named("b", 3, "input"), flatten(), dense(10));
        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("no layer reads 'a'"));
        problems.clear();
        build(named("a", 3, "input"), named("a", 3, "input"), flatten(), dense(10));
        assertThat(problems).anySatisfy(problem -> assertThat(problem.message()).contains("earlier layer"));
        problems.clear();
        build(
                named("a", 3, "input"),
                named("b", 4, "input"),
                new LayerSettings.Add("", List.of("a", "b")),
                flatten(),
                dense(10));
        assertThat(problems).anySatisfy(problem -> assertThat(problem.message()).contains("equal shape"));
    }

    @Test
    @DisplayName("refuses an activation as the output, and takes any layer that gives one score a class")
    void activationAtTheEnd() {
        build(flatten(), dense(10), tanh());
        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("Remove the last layer"));
        assertThat(build(conv(10), new LayerSettings.GlobalAvgPool("", List.of())))
                .isPresent();
    }

    @Test
    @DisplayName("EKDAA's CIFAR-10 network has the 707,520 parameters of its specification")
    void ekdaaNetwork() {
        Graph graph = architecture(new ArchitectureSettings.Ekdaa(ActivationFunction.TANH), COLOUR);
        assertThat(graph.parameterCount()).isEqualTo(707_520);
    }

    @Test
    @DisplayName("BioTorch's LeNets have the shapes of its benchmark: 120 maps of 1x1, and 128 maps of 4x4")
    void lenets() {
        Graph grey = architecture(new ArchitectureSettings.Lenet(ActivationFunction.RELU), GREY);
        assertThat(grey.nodes().stream().map(Node::shape))
                .contains(Shape.of(28, 28, 6), Shape.of(10, 10, 16), Shape.of(1, 1, 120));
        Graph colour = architecture(new ArchitectureSettings.Lenet(ActivationFunction.RELU), COLOUR);
        assertThat(colour.nodes().stream().map(Node::shape)).contains(Shape.of(30, 30, 32), Shape.of(4, 4, 128));
    }

    @Test
    @DisplayName("ResNet-20 has 9 blocks and about 272 thousand parameters")
    void resNet20() {
        Graph graph = architecture(new ArchitectureSettings.ResNet20(ActivationFunction.RELU), COLOUR);
        assertThat(graph.nodes().stream().filter(node -> node.op().kind().equals("add")))
                .hasSize(9);
        assertThat(graph.parameterCount()).isBetween(270_000L, 275_000L);
    }
}
