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
import org.bpfree.graph.LossName;
import org.bpfree.graph.op.DropoutOp;
import org.bpfree.learn.Bench;
import org.bpfree.learn.FiniteDifferences;
import org.bpfree.model.InvertibleLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.LayerSettings.Padding;
import org.bpfree.model.SequenceLayers;
import org.bpfree.model.ShortcutLayers;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
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
                        new LayerSettings.MaxPool("", List.of(), 3, 2, Padding.SAME),
                        flatten(),
                        dense(4)),
                network(
                        "avg-pool",
                        conv(3),
                        tanh(),
                        new LayerSettings.AvgPool("", List.of(), 2, 0, Padding.VALID),
                        conv(3),
                        flatten(),
                        dense(4)),
                network(
                        "overlapping avg-pool, same",
                        conv(3),
                        tanh(),
                        new LayerSettings.AvgPool("", List.of(), 3, 2, Padding.SAME),
                        flatten(),
                        dense(4)),
                network(
                        "sum-pool of maps that windows do not fill",
                        conv(3),
                        tanh(),
                        new LayerSettings.SumPool("", List.of(), 3, 1.1),
                        flatten(),
                        dense(4)),
                network("global-avg-pool", conv(3), tanh(), new LayerSettings.GlobalAvgPool("", List.of()), dense(4)),
                network(
                        "padded identity beside a convolution of stride 2, on maps of odd size",
                        conv(3, 2, 1, Padding.VALID, true),
                        tanh(),
                        new LayerSettings.Identity("in", List.of()),
                        conv(5, 3, 2, Padding.SAME, true),
                        new ShortcutLayers.PaddedIdentity("shortcut", List.of("in"), 5, 2),
                        new LayerSettings.Add("", List.of("conv2", "shortcut")),
                        tanh(),
                        flatten(),
                        dense(4)),
                network(
                        "batch-norm on maps",
                        conv(3),
                        new LayerSettings.BatchNorm("", List.of(), 0.1, 1e-5),
                        tanh(),
                        flatten(),
                        dense(4)),
                network(
                        "batch-norm on vectors",
                        flatten(),
                        dense(5),
                        new LayerSettings.BatchNorm("", List.of(), 0.1, 1e-5),
                        tanh(),
                        dense(4)),
                network(
                        "dropout",
                        flatten(),
                        dense(6),
                        tanh(),
                        new LayerSettings.Dropout("", List.of(), 0.4),
                        dense(4)),
                network(
                        "dropout of rows",
                        conv(3),
                        tanh(),
                        new LayerSettings.Dropout("", List.of(), 0.4, DropoutOp.Together.ROWS),
                        flatten(),
                        dense(4)),
                network(
                        "identity",
                        flatten(),
                        new LayerSettings.Identity("", List.of()),
                        dense(6),
                        tanh(),
                        new LayerSettings.Identity("", List.of()),
                        dense(4)),
                network(
                        "add, a residual block",
                        named("a", 3, "input"),
                        tanh(),
                        conv(3),
                        new LayerSettings.Add("sum", List.of("conv1", "a")),
                        tanh(),
                        flatten(),
                        dense(4)),
                network(
                        "add of a layer to itself",
                        named("a", 3, "input"),
                        new LayerSettings.Add("", List.of("a", "a")),
                        tanh(),
                        flatten(),
                        dense(4)),
                network(
                        "adds of layers that others read, too, adds among them",
                        named("a", 3, "input"),
                        named("b", 3, "a"),
                        new LayerSettings.Add("first", List.of("a", "b")),
                        new LayerSettings.Add("second", List.of("first", "a", "b")),
                        tanh(),
                        new LayerSettings.Add("", List.of("first", "tanh1", "second")),
                        flatten(),
                        dense(4)),
                network(
                        "concat",
                        named("a", 3, "input"),
                        named("b", 2, "input"),
                        new LayerSettings.Concat("", List.of("a", "b", "input")),
                        tanh(),
                        conv(2),
                        flatten(),
                        dense(4)),
                network(
                        "multiply",
                        named("a", 3, "input"),
                        named("b", 3, "input"),
                        named("c", 3, "a"),
                        new LayerSettings.Multiply("", List.of("a", "b", "c")),
                        flatten(),
                        dense(4)),
                network(
                        "square-dense with auxiliary units",
                        flatten(),
                        dense(7),
                        new InvertibleLayers.SquareDense("", List.of(), 7, 5, true, Initializer.ORTHOGONAL),
                        tanh(),
                        new InvertibleLayers.SquareDense("", List.of(), 0, 4, false, Initializer.GLOROT_UNIFORM)),
                network(
                        "square-conv with auxiliary channels, stride 2",
                        conv(2),
                        new InvertibleLayers.SquareConv(
                                "", List.of(), 3, 2, 2, Padding.SAME, true, Initializer.ORTHOGONAL),
                        flatten(),
                        dense(4)),
                network("tanh", flatten(), dense(6), tanh(), dense(4)),
                network("sigmoid", flatten(), dense(6), activation(ActivationFunction.SIGMOID), dense(4)),
                network("relu", flatten(), dense(6), activation(ActivationFunction.RELU), dense(4)),
                network("leaky-relu", flatten(), dense(6), activation(ActivationFunction.LEAKY_RELU), dense(4)),
                network("hard-tanh", flatten(), dense(6), activation(ActivationFunction.HARD_TANH), dense(4)),
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
                        new SequenceLayers.Attention("", List.of("q", "k", "v"), 2),
                        dense(3),
                        flatten(),
                        dense(4)),
                network(
                        "attention of a layer to itself",
                        conv(3, 3, 2, Padding.SAME, true),
                        tokens("t"),
                        new SequenceLayers.Attention("", List.of("t", "t", "t"), 3),
                        flatten(),
                        dense(4)),
                network(
                        "attention whose queries and values are not trained",
                        new LayerSettings.MaxPool("", List.of(), 2, 0, Padding.VALID),
                        tokens("t"),
                        dense("k", "t", 2, true, ""),
                        new SequenceLayers.Attention("", List.of("t", "k", "t"), 1),
                        flatten(),
                        dense(4)),
                network(
                        "rows of maps and of tokens",
                        named("a", 3, "input"),
                        new SequenceLayers.Row("first", List.of("a"), 0),
                        tokens("t", "a"),
                        dense(18),
                        new SequenceLayers.Row("last", List.of(), 35),
                        new LayerSettings.Add("", List.of("first", "last")),
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
                        new LayerSettings.Add("", List.of("a", "c")),
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
                        new SequenceLayers.LayerNorm("norm", List.of(), 1e-5, ""),
                        new SequenceLayers.PositionEmbedding("places", List.of(), Initializer.LECUN_NORMAL, ""),
                        tanh(),
                        new SequenceLayers.LayerNorm("", List.of(), 1e-5, "norm"),
                        new SequenceLayers.PositionEmbedding("", List.of(), Initializer.LECUN_NORMAL, "places"),
                        tanh(),
                        dense(2),
                        flatten(),
                        dense(4)));
    }

    private static LayerSettings tokens(String name, String... inputs) {
        return new SequenceLayers.Tokens(name, List.of(inputs));
    }

    private static LayerSettings tokens() {
        return tokens("");
    }

    private static LayerSettings globalAvgPool() {
        return new LayerSettings.GlobalAvgPool("", List.of());
    }

    private static LayerSettings layerNorm() {
        return new SequenceLayers.LayerNorm("", List.of(), 1e-5, "");
    }

    private static LayerSettings positions() {
        return new SequenceLayers.PositionEmbedding("", List.of(), Initializer.LECUN_NORMAL, "");
    }

    private static Arguments network(String name, LayerSettings... layers) {
        return Arguments.of(name, layers);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void updateIsTheDerivativeOfTheLoss(String name, LayerSettings[] layers) {
        for (LossName loss : LossName.values()) {
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
