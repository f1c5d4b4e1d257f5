package org.bpfree.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.named;
import static org.bpfree.learn.Layers.tanh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Parameters;
import org.bpfree.graph.Pass;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
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
                new LayerSettings("", List.of("a", "b"), new JoinLayers.Add()),
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
        assertThat(build(conv(10), new LayerSettings(new PoolLayers.GlobalAvgPool())))
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

    @Test
    @DisplayName("ResNet-18 has 8 blocks and the 11,173,962 parameters known of its form for CIFAR-10")
    void resNet18() {
        Graph graph = architecture(new ConvolutionalNetworks.ResNet18(ActivationFunction.RELU, 64), COLOUR);
        assertThat(graph.nodes().stream().filter(node -> node.op().kind().equals("add")))
                .hasSize(8);
        assertThat(graph.parameterCount()).isEqualTo(11_173_962);
    }

    @Test
    @DisplayName("VGG-7 has PCX's states 16, 16, 8, 6, 3, 1 on 32x32 and still fits 28x28 and 8x8")
    void vgg7() {
        ArchitectureSettings vgg7 = new ConvolutionalNetworks.Vgg7(ActivationFunction.RELU, 128);
        assertThat(states(architecture(vgg7, COLOUR))).containsExactly(16, 16, 8, 6, 3, 1);
        assertThat(states(architecture(vgg7, GREY))).containsExactly(14, 14, 7, 5, 2, 2);
        assertThat(states(architecture(vgg7, Shape.of(8, 8, 1)))).containsExactly(4, 4, 2, 2, 1, 1);
    }

    /** Heights of the outputs of the convolutions, or of the pools after them. */
    private static List<Integer> states(Graph graph) {
        List<Node> nodes = graph.nodes();
        return nodes.stream()
                .filter(node -> node.op().kind().equals("conv"))
                .map(conv ->
                        nodes.get(conv.index() + 2).op().kind().equals("max-pool") ? nodes.get(conv.index() + 2) : conv)
                .map(node -> node.shape().extent(0))
                .toList();
    }

    @Test
    @DisplayName("every family fits grey 28x28 and colour 32x32 images with its defaults")
    void familiesFitDatasets() {
        ActivationFunction tanh = ActivationFunction.TANH;
        for (Shape image : List.of(GREY, COLOUR)) {
            assertThat(architecture(new ArchitectureSettings.ResidualMlp(5, 256, tanh), image).nodes().stream()
                            .map(node -> node.op().kind()))
                    .filteredOn(kind -> kind.equals("dense") || kind.equals("add"))
                    .containsExactly("dense", "dense", "add", "dense", "add", "dense", "add", "dense");
            architecture(new ConvolutionalNetworks.AlexNet(tanh, 64, 0.5), image);
            architecture(new ConvolutionalNetworks.ResNet18(tanh, 64), image);
            Graph rnn = architecture(new SequenceNetworks.RowRnn(128, tanh), image);
            assertThat(rnn.parameters()).hasSize(5);
            assertThat(rnn.nodes().stream().filter(node -> node.name().startsWith("recurrent")))
                    .hasSize(image.extent(0) - 1);
            Graph transformer = architecture(new SequenceNetworks.VitTiny(4, 64, 2, 4, 2), image);
            int side = image.extent(0) / 4;
            assertThat(transformer.nodes().stream().map(Node::shape)).contains(Shape.of(side * side, 64));
            assertThat(transformer.parameters().stream().map(Parameter::key))
                    .contains("attended1-q/bias", "attended1-v/bias")
                    .doesNotContain("attended1-k/bias");
        }
    }

    @Test
    @DisplayName(
            "ResNet-20 with padded shortcuts has the 0.27 million parameters of He et al.'s table 6, none of them on a shortcut")
    void resNet20WithPaddedShortcuts() {
        ArchitectureSettings padded =
                new ArchitectureSettings.ResNet20(ActivationFunction.RELU, ShortcutLayers.Shortcut.PADDED);
        ArchitectureSettings projected = new ArchitectureSettings.ResNet20(ActivationFunction.RELU);
        // 1x1 kernels from 16 to 32 and from 32 to 64 channels, and their normalizations.
        long projections = 16 * 32 + 32 * 64 + 2 * (32 + 64);
        assertThat(architecture(padded, COLOUR).parameterCount())
                .isEqualTo(architecture(projected, COLOUR).parameterCount() - projections)
                .isBetween(265_000L, 275_000L);
    }

    @Test
    @DisplayName("a padded identity keeps every second pixel and puts zeros behind its channels")
    void paddedIdentity() {
        Shape image = Shape.of(3, 4, 2);
        Tensor input = Tensor.zeros(Precision.FLOAT32, image.batched(2));
        for (int i = 0; i < input.size(); i++) {
            input.set(i, i + 1);
        }
        Graph graph = GraphBuilder.build(
                        new ModelSettings(
                                List.of(
                                        new LayerSettings("p", List.of(), new ShortcutLayers.PaddedIdentity(3, 2)),
                                        flatten(),
                                        dense(10)),
                                Optional.empty()),
                        image,
                        10,
                        problems::add)
                .orElseThrow();
        Pass pass = new Pass(
                graph,
                Parameters.initialize(graph.parameters(), Precision.FLOAT32, 1),
                input,
                Kernel.Mode.PREDICT,
                new Arena(Precision.FLOAT32),
                null);
        pass.forward();
        Tensor output = pass.activation(graph.nodes().get(1));
        assertThat(output.shape()).isEqualTo(Shape.of(2, 2, 2, 3));
        for (int n = 0, i = 0; n < 2; n++) {
            for (int y = 0; y < 2; y++) {
                for (int x = 0; x < 2; x++) {
                    for (int c = 0; c < 3; c++, i++) {
                        double kept = ((n * 3 + 2 * y) * 4 + 2 * x) * 2 + c + 1;
                        assertThat(output.at(i)).isEqualTo(c < 2 ? kept : 0);
                    }
                }
            }
        }
        build(
                conv(6),
                new LayerSettings("p", List.of(), new ShortcutLayers.PaddedIdentity(5, 2)),
                flatten(),
                dense(10));
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.setting()).isEqualTo("channels");
            assertThat(problem.message()).contains("5 are fewer than the 6 channels");
        });
    }

    @Test
    @DisplayName("says which images an architecture needs")
    void imagesThatDoNotFit() {
        refused(new ConvolutionalNetworks.Vgg7(ActivationFunction.RELU, 8), Shape.of(7, 12, 1), "type", "8x8", "7x12");
        refused(
                new ConvolutionalNetworks.AlexNet(ActivationFunction.RELU, 8, 0),
                Shape.of(14, 14, 1),
                "type",
                "15x15",
                "14x14");
        refused(new SequenceNetworks.VitTiny(5, 64, 2, 4, 2), GREY, "patch", "5x5", "28x28", "common divisor");
    }

    private void refused(ArchitectureSettings settings, Shape image, String setting, String... parts) {
        problems.clear();
        assertThat(GraphBuilder.build(new ModelSettings(List.of(), Optional.of(settings)), image, 10, problems::add))
                .isEmpty();
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.setting()).isEqualTo(setting);
            assertThat(problem.message()).contains(parts);
        });
    }

    @Test
    @DisplayName("says why parameters cannot be shared: no such layer, another kind, other shapes")
    void sharingThatCannotBe() {
        build(flatten(), dense(10), dense("b", "dense1", 10, false, "c"), dense("c", "b", 10, false, ""));
        shareProblem("'c' is not a layer above", "Layers of type dense above: dense1.");
        build(conv(3), flatten(), dense("a", "flatten1", 10, false, "conv1"));
        shareProblem("'conv1' is of type conv", "this layer is of type dense", "There is no dense layer above.");
        build(flatten(), dense(12), dense("a", "dense1", 10, true, "dense1"));
        shareProblem("'dense1' has weights 12x3072", "needs weights 10x12 and bias 10", "equal settings");
    }

    private void shareProblem(String... parts) {
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.setting()).isEqualTo("share");
            assertThat(problem.message()).contains(parts);
        });
        problems.clear();
    }

    @Test
    @DisplayName("says what layers on sequences need")
    void sequencesThatDoNotFit() {
        build(new LayerSettings(new SequenceLayers.Row(32)), dense(10));
        sequenceProblem("index", "32 is not a row of the input 32x32x3", "0 to 31");
        build(conv(6), dense(10));
        sequenceProblem("units", "needs a vector or tokens", "{type: tokens}");
        build(
                new LayerSettings("t", List.of(), new SequenceLayers.Tokens()),
                new LayerSettings("", List.of("t", "t", "t"), new SequenceLayers.Attention(2)),
                flatten(),
                dense(10));
        sequenceProblem("heads", "2 heads do not divide the 3 features");
        build(flatten(), new LayerSettings(new SequenceLayers.Tokens()), dense(10));
        sequenceProblem("type", "needs maps");
        assertThatThrownBy(() -> new LayerSettings("", List.of("a", "b"), new SequenceLayers.Attention(1)))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("reads three");
        assertThatThrownBy(() -> new SequenceNetworks.VitTiny(4, 64, 2, 3, 2))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("3 heads do not divide width 64");
    }

    private void sequenceProblem(String setting, String... parts) {
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.setting()).isEqualTo(setting);
            assertThat(problem.message()).contains(parts);
        });
        problems.clear();
    }
}
