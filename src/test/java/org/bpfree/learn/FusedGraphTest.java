package org.bpfree.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.graph.Graph;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.model.ArchitectureSettings;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.JoinLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A graph with fused nodes")
class FusedGraphTest {
    private static final Shape IMAGE = Shape.of(8, 7, 2);
    private static final int CLASSES = 4;
    private static final int IMAGES = 6;

    private static LayerSettings norm(String name, String input) {
        return new LayerSettings(name, List.of(input), new BasicLayers.BatchNorm(0.1, 1e-5));
    }

    private static LayerSettings relu(String name, String input) {
        return new LayerSettings(name, List.of(input), new BasicLayers.Activation(ActivationFunction.RELU));
    }

    private static LayerSettings add(String name, String... inputs) {
        return new LayerSettings(name, List.of(inputs), new JoinLayers.Add());
    }

    /** Every way in which a normalization and a rectifier meet, those that cannot become one node included. */
    private static List<LayerSettings> meetings() {
        return new ArrayList<>(List.of(
                norm("of-images", "input"),
                relu("a", "of-images"),
                Layers.named("conv1", 3, "a"),
                norm("plain", "conv1"),
                relu("b", "plain"),
                Layers.named("conv2", 3, "b"),
                norm("first", "conv2"),
                add("sum1", "first", "b"),
                relu("c", "sum1"),
                norm("second", "c"),
                add("sum2", "c", "second"), // the input of the normalization is the shortcut
                relu("d", "sum2"),
                norm("both1", "d"),
                norm("both2", "c"),
                add("sum3", "both1", "both2"),
                relu("e", "sum3"),
                norm("read-twice", "e"),
                relu("f", "read-twice"),
                add("sum4", "f", "read-twice"),
                relu("g", "sum4"), // no normalization before the sum
                norm("of-three", "g"),
                add("sum5", "of-three", "f", "g"),
                relu("h", "sum5"),
                norm("smooth", "h"),
                new LayerSettings("tanh", List.of("smooth"), new BasicLayers.Activation(ActivationFunction.TANH)),
                norm("last", "tanh"),
                add("sum6", "last", "h"),
                new LayerSettings("i", List.of("sum6"), new BasicLayers.Identity()),
                relu("j", "i"), // the sum is read by a view
                Layers.flatten(),
                Layers.dense(CLASSES)));
    }

    private static Bench bench(Precision precision, List<LayerSettings> layers) {
        return Bench.of(
                precision, LossFunction.CROSS_ENTROPY, IMAGE, CLASSES, IMAGES, layers.toArray(LayerSettings[]::new));
    }

    private static List<LayerSettings> residual() {
        return new ArchitectureSettings.ResNet20(ActivationFunction.RELU).layers(IMAGE, CLASSES);
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                        "backprop",
                        "frsf",
                        "{type: usf, clipErrors: 0.01}",
                        "kolen-pollack",
                        "dfa",
                        "ekdaa",
                        "{type: ekdaa, displacement: relative}",
                        "z-il")
                .flatMap(learner -> Stream.of(Precision.values()).flatMap(precision -> Stream.of(meetings(), residual())
                        .map(layers -> Arguments.of(learner, precision, layers))));
    }

    private static Learner learner(String learner, LearnerContext context) {
        LearnerSettings settings = Practice.settings(learner.startsWith("{") ? learner : "{type: " + learner + "}");
        return ModelCheck.chosen(settings).create(context);
    }

    /** The updates of a step, and then the scores that the network predicts from the statistics it remembers. */
    private static Map<String, double[]> results(String learner, Bench bench, LearnerContext context) {
        Learner created = learner(learner, context);
        Map<String, double[]> results = Bench.updates(created, bench.batch);
        results.put("scores", created.predict(bench.batch).toDoubles());
        return results;
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName(
            "gives every learner the same updates, statistics and predictions to the last bit, in memory that errors share, too")
    void sameBits(String learner, Precision precision, List<LayerSettings> layers) {
        Bench plain = bench(precision, layers);
        Map<String, double[]> expected = results(learner, plain, plain.context());
        Bench fused = bench(precision, layers);
        Map<String, double[]> actual = results(learner, fused, fused.trainingContext());
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
        for (Parameter parameter : plain.graph.parameters()) {
            assertThat(fused.parameters.get(parameter).toDoubles())
                    .as(parameter.key())
                    .isEqualTo(plain.parameters.get(parameter).toDoubles());
        }
    }

    @Test
    @DisplayName("has a rectifier do the work of a normalization, and of a sum of two, that it alone reads")
    void nodesThatAreLeft() {
        Graph graph = bench(Precision.FLOAT32, meetings()).graph;
        Graph fused = graph.fused();
        assertThat(names(graph)).containsAll(names(fused));
        assertThat(names(graph))
                .filteredOn(name -> !names(fused).contains(name))
                .containsExactly("of-images", "plain", "first", "sum1", "second", "sum2", "both1", "sum3");
        assertThat(fused.parameters()).containsExactlyInAnyOrderElementsOf(graph.parameters());
        assertThat(fused.output().name()).isEqualTo(graph.output().name());
    }

    @Test
    @DisplayName("of a ResNet-20 has 28 nodes fewer: its 19 normalizations of rectified maps and 9 sums")
    void residualNetwork() {
        Graph graph = bench(Precision.FLOAT32, residual()).graph;
        assertThat(graph.nodes().size() - graph.fused().nodes().size()).isEqualTo(19 + 9);
    }

    @Test
    @DisplayName("takes less than two thirds of the memory when errors share it")
    void lessMemory() {
        Bench bench = bench(Precision.FLOAT32, residual());
        Learner plain = learner("backprop", bench.context());
        Learner lean = learner("backprop", bench.trainingContext());
        plain.learn(bench.batch);
        lean.learn(bench.batch);
        assertThat(lean.scratchBytes()).isLessThan(plain.scratchBytes() * 2 / 3);
        assertThat(lean.errors(bench.batch).keySet())
                .containsExactly(bench.graph.output().name());
        assertThat(plain.errors(bench.batch)).hasSizeGreaterThan(50);
    }

    @Test
    @DisplayName("negative control: another rectifier gives other updates")
    void anotherRectifier() {
        List<LayerSettings> layers = meetings();
        Bench bench = bench(Precision.FLOAT64, layers);
        Map<String, double[]> expected = results("backprop", bench, bench.context());
        layers.set(
                layers.indexOf(relu("c", "sum1")),
                new LayerSettings("c", List.of("sum1"), new BasicLayers.Activation(ActivationFunction.LEAKY_RELU)));
        Bench other = bench(Precision.FLOAT64, layers);
        double[] actual =
                results("backprop", other, other.context().withFusedNodes()).get("conv2/weights");
        assertThat(Vectors.relativeDifference(actual, expected.get("conv2/weights")))
                .isGreaterThan(1e-3);
    }

    private static List<String> names(Graph graph) {
        return graph.nodes().stream().map(Node::name).toList();
    }
}
