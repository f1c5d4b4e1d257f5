package org.bpfree.learn.backprop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfree.learn.Layers.activation;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.named;
import static org.bpfree.learn.Layers.tanh;

import java.util.List;
import java.util.stream.Stream;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.op.DropoutOp;
import org.bpfree.learn.Bench;
import org.bpfree.learn.FiniteDifferences;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.InvertibleLayers;
import org.bpfree.model.JoinLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.Padding;
import org.bpfree.model.PoolLayers;
import org.bpfree.model.SequenceLayers;
import org.bpfree.model.ShortcutLayers;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Losses;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Backpropagation's updates are the derivatives of the loss, by central differences in double precision")
class BackpropGradientTest {
    private static final Shape IMAGE = Shape.of(6, 6, 2);

    // Long because it is one table, a line or two a network, read from top to bottom.
    static Stream<Arguments> networks() {
        return Stream.of(
                network("dense with bias", flatten(), dense(7, true), tanh(), dense(4, true)),
                network("convolution, same", conv(3), tanh(), flatten(), dense(4)),
                network(
                        "convolution, stride 2, same",
                        conv(3, 3, 2, Padding.SAME, true),
                        tanh(),
                        conv(2, 3, 2, Padding.SAME, true),
                        flatten(),
                        dense(4)),
                network(
                        "convolution, valid",
                        conv(3, 3, 1, Padding.VALID, true),
                        tanh(),
                        conv(2, 2, 1, Padding.VALID, true),
                        flatten(),
                        dense(4)),
                network(
                        "convolution, stride 2, valid",
                        conv(3, 3, 2, Padding.VALID, true),
                        tanh(),
                        conv(3, 1, 1, Padding.SAME, false),
                        flatten(),
                        dense(4)),
                network(
                        "even kernel, same",
                        conv(3, 2, 1, Padding.SAME, true),
                        tanh(),
                        conv(3, 4, 1, Padding.SAME, true),
                        flatten(),
                        dense(4)),
                network("max-pool", conv(3), tanh(), maxPool(), conv(3), tanh(), flatten(), dense(4)),
                network(
                        "overlapping max-pool, same",
                        conv(3),
                        tanh(),
                        new LayerSettings(new PoolLayers.MaxPool(3, 2, Padding.SAME)),
                        flatten(),
                        dense(4)),
                network(
                        "avg-pool",
                        conv(3),
                        tanh(),
                        new LayerSettings(new PoolLayers.AvgPool(2, 0, Padding.VALID)),
                        conv(3),
                        flatten(),
                        dense(4)),
                network(
                        "overlapping avg-pool, same",
                        conv(3),
                        tanh(),
                        new LayerSettings(new PoolLayers.AvgPool(3, 2, Padding.SAME)),
                        flatten(),
                        dense(4)),
                network(
                        "sum-pool of maps that windows do not fill",
                        conv(3),
                        tanh(),
                        new LayerSettings(new PoolLayers.SumPool(3, 1.1)),
                        flatten(),
                        dense(4)),
                network(
                        "global-avg-pool",
                        conv(3),
                        tanh(),
                        new LayerSettings(new PoolLayers.GlobalAvgPool()),
                        dense(4)),
                network(
                        "padded identity beside a convolution of stride 2, on maps of odd size",
                        conv(3, 2, 1, Padding.VALID, true),
                        tanh(),
                        new LayerSettings("in", List.of(), new BasicLayers.Identity()),
                        conv(5, 3, 2, Padding.SAME, true),
                        new LayerSettings("shortcut", List.of("in"), new ShortcutLayers.PaddedIdentity(5, 2)),
                        new LayerSettings("", List.of("conv2", "shortcut"), new JoinLayers.Add()),
                        tanh(),
                        flatten(),
                        dense(4)),
                network(
                        "batch-norm on maps",
                        conv(3),
                        new LayerSettings(new BasicLayers.BatchNorm(0.1, 1e-5)),
                        tanh(),
                        flatten(),
                        dense(4)),
                network(
                        "batch-norm on vectors",
                        flatten(),
                        dense(5),
                        new LayerSettings(new BasicLayers.BatchNorm(0.1, 1e-5)),
                        tanh(),
                        dense(4)),
                network(
                        "dropout",
                        flatten(),
                        dense(6),
                        tanh(),
                        new LayerSettings(new BasicLayers.Dropout(0.4, DropoutOp.Together.VALUES)),
                        dense(4)),
                network(
                        "dropout of rows",
                        conv(3),
                        tanh(),
                        new LayerSettings(new BasicLayers.Dropout(0.4, DropoutOp.Together.ROWS)),
                        flatten(),
                        dense(4)),
                network(
                        "identity",
                        flatten(),
                        new LayerSettings(new BasicLayers.Identity()),
                        dense(6),
                        tanh(),
                        new LayerSettings(new BasicLayers.Identity()),
                        dense(4)),
                network(
                        "add, a residual block",
                        named("a", 3, "input"),
                        tanh(),
                        conv(3),
                        new LayerSettings("sum", List.of("conv1", "a"), new JoinLayers.Add()),
                        tanh(),
                        flatten(),
                        dense(4)),
                network(
                        "add of a layer to itself",
                        named("a", 3, "input"),
                        new LayerSettings("", List.of("a", "a"), new JoinLayers.Add()),
                        tanh(),
                        flatten(),
                        dense(4)),
                network(
                        "adds of layers that others read, too, adds among them",
                        named("a", 3, "input"),
                        named("b", 3, "a"),
                        new LayerSettings("first", List.of("a", "b"), new JoinLayers.Add()),
                        new LayerSettings("second", List.of("first", "a", "b"), new JoinLayers.Add()),
                        tanh(),
                        new LayerSettings("", List.of("first", "tanh1", "second"), new JoinLayers.Add()),
                        flatten(),
                        dense(4)),
                network(
                        "concat",
                        named("a", 3, "input"),
                        named("b", 2, "input"),
                        new LayerSettings("", List.of("a", "b", "input"), new JoinLayers.Concat()),
                        tanh(),
                        conv(2),
                        flatten(),
                        dense(4)),
                network(
                        "multiply",
                        named("a", 3, "input"),
                        named("b", 3, "input"),
                        named("c", 3, "a"),
                        new LayerSettings("", List.of("a", "b", "c"), new JoinLayers.Multiply()),
                        flatten(),
                        dense(4)),
                network(
                        "square-dense with auxiliary units",
                        flatten(),
                        dense(7),
                        new LayerSettings(new InvertibleLayers.SquareDense(7, 5, true, Initializer.ORTHOGONAL)),
                        tanh(),
                        new LayerSettings(new InvertibleLayers.SquareDense(0, 4, false, Initializer.GLOROT_UNIFORM))),
                network(
                        "square-conv with auxiliary channels, stride 2",
                        conv(2),
                        new LayerSettings(
                                new InvertibleLayers.SquareConv(3, 2, 2, Padding.SAME, true, Initializer.ORTHOGONAL)),
                        flatten(),
                        dense(4)),
                network("tanh", flatten(), dense(6), tanh(), dense(4)),
                network("sigmoid", flatten(), dense(6), activation(ActivationFunction.SIGMOID), dense(4)),
                network("relu", flatten(), dense(6), activation(ActivationFunction.RELU), dense(4)),
                network("leaky-relu", flatten(), dense(6), activation(ActivationFunction.LEAKY_RELU), dense(4)),
                network("hard-tanh", flatten(), dense(6), activation(ActivationFunction.HARD_TANH), dense(4)),
                network("clip", flatten(), dense(6), activation(ActivationFunction.CLIP), dense(4)),
                network("half-clip", flatten(), dense(6), activation(ActivationFunction.HALF_CLIP), dense(4)),
                network("elu", flatten(), dense(6), activation(ActivationFunction.ELU), dense(4)),
                network("gelu", flatten(), dense(6), activation(ActivationFunction.GELU), dense(4)),
                network("tokens, dense on each", conv(3), tokens(), dense(5, true), tanh(), flatten(), dense(4)),
                network("global-avg-pool of tokens", tokens(), dense(5, true), tanh(), globalAvgPool(), dense(4)),
                network(
                        "layer-norm on tokens",
                        tokens(),
                        dense(5),
                        layerNorm(),
                        tanh(),
                        layerNorm(),
                        flatten(),
                        dense(4)),
                network("layer-norm on vectors", flatten(), dense(5), layerNorm(), tanh(), dense(4)),
                network("layer-norm on maps", conv(3), layerNorm(), tanh(), flatten(), dense(4)),
                network(
                        "position-embedding",
                        tokens(),
                        dense(3),
                        positions(),
                        tanh(),
                        dense(3),
                        tanh(),
                        globalAvgPool(),
                        dense(4)),
                network(
                        "attention, two heads",
                        conv(3, 3, 2, Padding.SAME, true),
                        tokens("t"),
                        dense("q", "t", 6, true, ""),
                        dense("k", "t", 6, false, ""),
                        dense("v", "t", 6, true, ""),
                        new LayerSettings("", List.of("q", "k", "v"), new SequenceLayers.Attention(2)),
                        dense(3),
                        flatten(),
                        dense(4)),
                network(
                        "attention of a layer to itself",
                        conv(3, 3, 2, Padding.SAME, true),
                        tokens("t"),
                        new LayerSettings("", List.of("t", "t", "t"), new SequenceLayers.Attention(3)),
                        flatten(),
                        dense(4)),
                network(
                        "attention whose queries and values are not trained",
                        new LayerSettings(new PoolLayers.MaxPool(2, 0, Padding.VALID)),
                        tokens("t"),
                        dense("k", "t", 2, true, ""),
                        new LayerSettings("", List.of("t", "k", "t"), new SequenceLayers.Attention(1)),
                        flatten(),
                        dense(4)),
                network(
                        "rows of maps and of tokens",
                        named("a", 3, "input"),
                        new LayerSettings("first", List.of("a"), new SequenceLayers.Row(0)),
                        tokens("t", "a"),
                        dense(18),
                        new LayerSettings("last", List.of(), new SequenceLayers.Row(35)),
                        new LayerSettings("", List.of("first", "last"), new JoinLayers.Add()),
                        tanh(),
                        dense(4)),
                network(
                        "shared dense layers",
                        flatten(),
                        dense(5),
                        dense("a", "dense1", 5, true, ""),
                        tanh(),
                        dense("b", "tanh1", 5, true, "a"),
                        tanh(),
                        dense("c", "tanh2", 5, true, "b"),
                        new LayerSettings("", List.of("a", "c"), new JoinLayers.Add()),
                        dense(4)),
                network(
                        "shared convolutions, of unlike stride",
                        conv(3),
                        conv("a", "conv1", 3, 1, ""),
                        tanh(),
                        conv("b", "tanh1", 3, 2, "a"),
                        tanh(),
                        flatten(),
                        dense(4)),
                network(
                        "shared layer-norm and position-embedding",
                        tokens(),
                        dense(3),
                        new LayerSettings("norm", List.of(), new SequenceLayers.LayerNorm(1e-5)),
                        new LayerSettings(
                                "places", List.of(), new SequenceLayers.PositionEmbedding(Initializer.LECUN_NORMAL)),
                        tanh(),
                        new LayerSettings("", List.of(), new SequenceLayers.LayerNorm(1e-5), "norm"),
                        new LayerSettings(
                                "",
                                List.of(),
                                new SequenceLayers.PositionEmbedding(Initializer.LECUN_NORMAL),
                                "places"),
                        tanh(),
                        dense(2),
                        flatten(),
                        dense(4)));
    }

    private static LayerSettings tokens(String name, String... inputs) {
        return new LayerSettings(name, List.of(inputs), new SequenceLayers.Tokens());
    }

    private static LayerSettings tokens() {
        return tokens("");
    }

    private static LayerSettings globalAvgPool() {
        return new LayerSettings(new PoolLayers.GlobalAvgPool());
    }

    private static LayerSettings layerNorm() {
        return new LayerSettings(new SequenceLayers.LayerNorm(1e-5));
    }

    private static LayerSettings positions() {
        return new LayerSettings(new SequenceLayers.PositionEmbedding(Initializer.LECUN_NORMAL));
    }

    private static Arguments network(String name, LayerSettings... layers) {
        return Arguments.of(name, layers);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void updateIsTheDerivativeOfTheLoss(String name, LayerSettings[] layers) {
        for (LossFunction loss : Losses.ALL) {
            Bench bench = Bench.of(Precision.FLOAT64, loss, IMAGE, 4, 5, layers);
            assertThat(worstDifference(bench, 1)).as(name + ", " + loss).isLessThan(2e-7);
        }
    }

    @Test
    @DisplayName("negative control: updates that are 0.01 % too large are told from derivatives")
    void aWrongGradientIsNoticed() {
        Bench bench = Bench.of(IMAGE, 4, 5, conv(3), tanh(), maxPool(), flatten(), dense(4));
        assertThat(worstDifference(bench, 1.0001)).isGreaterThan(2e-6);
    }

    private static double worstDifference(Bench bench, double distortion) {
        return FiniteDifferences.worstElement(bench, new BackpropLearner(bench.context()), distortion);
    }
}
