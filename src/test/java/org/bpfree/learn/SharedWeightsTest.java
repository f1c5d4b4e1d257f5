package org.bpfree.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.tanh;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.backprop.BackpropLearner;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.SequenceNetworks;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Shared parameters")
class SharedWeightsTest {
    private static final Shape IMAGE = Shape.of(6, 5, 1);
    private static final int CLASSES = 3;

    static Stream<List<LayerSettings>> networks() {
        return Stream.of(
                new SequenceNetworks.RowRnn(4, ActivationFunction.TANH).layers(IMAGE, CLASSES),
                List.of(
                        conv("a", "input", 2, 1, ""),
                        tanh(),
                        conv("b", "tanh1", 2, 1, ""),
                        tanh(),
                        conv("c", "tanh2", 2, 2, "b"),
                        flatten(),
                        dense(CLASSES)));
    }

    private static Bench bench(List<LayerSettings> layers) {
        return Bench.of(IMAGE, CLASSES, 5, layers.toArray(LayerSettings[]::new));
    }

    /** The same layer with parameters of its own. */
    private static LayerSettings alone(LayerSettings layer) {
        if (layer instanceof LayerSettings.Dense d) {
            return new LayerSettings.Dense(d.name(), d.inputs(), d.units(), d.bias(), d.initializer());
        }
        return layer instanceof LayerSettings.Conv c
                ? new LayerSettings.Conv(
                        c.name(),
                        c.inputs(),
                        c.filters(),
                        c.kernel(),
                        c.stride(),
                        c.padding(),
                        c.bias(),
                        c.initializer())
                : layer;
    }

    /** The updates of a twin that shares nothing but starts from equal values, summed over the uses of each shared parameter. */
    private static Map<String, double[]> summedUpdatesOfTwin(Bench shared, List<LayerSettings> layers) {
        Bench twin = bench(layers.stream().map(SharedWeightsTest::alone).toList());
        for (Node node : twin.graph.nodes()) {
            List<Parameter> originals = shared.graph.nodes().get(node.index()).parameters();
            for (int i = 0; i < originals.size(); i++) {
                twin.parameters.get(node.parameters().get(i)).copyFrom(shared.parameters.get(originals.get(i)));
            }
        }
        Map<String, double[]> updates = Bench.updates(new BackpropLearner(twin.context()), twin.batch);
        Map<String, double[]> sums = new TreeMap<>();
        for (Node node : twin.graph.nodes()) {
            for (int i = 0; i < node.parameters().size(); i++) {
                double[] update = updates.get(node.parameters().get(i).key());
                String key = shared.graph
                        .nodes()
                        .get(node.index())
                        .parameters()
                        .get(i)
                        .key();
                sums.merge(key, update, SharedWeightsTest::plus);
            }
        }
        return sums;
    }

    private static double[] plus(double[] a, double[] b) {
        double[] sum = a.clone();
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    @ParameterizedTest
    @MethodSource("networks")
    @DisplayName("get the sum of the updates that their uses would get alone")
    void updateIsTheSumOverUses(List<LayerSettings> layers) {
        Bench shared = bench(layers);
        Map<String, double[]> updates = Bench.updates(new BackpropLearner(shared.context()), shared.batch);
        Map<String, double[]> sums = summedUpdatesOfTwin(shared, layers);
        assertThat(updates.keySet()).isEqualTo(sums.keySet());
        updates.forEach((key, update) -> assertThat(Vectors.relativeDifference(update, sums.get(key)))
                .as(key)
                .isLessThan(1e-12));
    }

    @Test
    @DisplayName("negative control: the update of one use alone is another")
    void oneUseAloneDiffers() {
        List<LayerSettings> layers = networks().findFirst().orElseThrow();
        Bench shared = bench(layers);
        Bench twin = bench(layers.stream().map(SharedWeightsTest::alone).toList());
        double[] sum = Bench.updates(new BackpropLearner(shared.context()), shared.batch)
                .get("recurrent1/weights");
        double[] one =
                Bench.updates(new BackpropLearner(twin.context()), twin.batch).get("recurrent1/weights");
        assertThat(Vectors.relativeDifference(one, sum)).isGreaterThan(0.1);
    }

    @Test
    @DisplayName("are counted, initialized and trained once")
    void oneParameter() {
        Bench shared = bench(networks().findFirst().orElseThrow());
        assertThat(shared.graph.parameters().stream().map(Parameter::key))
                .containsExactly(
                        "from-row0/weights", "from-row0/bias", "recurrent1/weights", "dense1/weights", "dense1/bias");
        assertThat(shared.graph.parameterCount()).isEqualTo(5 * 4 + 4 + 4 * 4 + 4 * 3 + 3);
        assertThat(new BackpropLearner(shared.context()).trained()).hasSize(5);
    }

    @Test
    @DisplayName("of the last layer are no longer an output layer whose update needs no feedback")
    void sharedOutputLayer() {
        Bench alone = bench(List.of(flatten(), dense("a", "flatten1", 3, true, ""), dense("b", "a", 3, true, "")));
        Bench shared =
                bench(List.of(flatten(), dense(3), dense("a", "dense1", 3, true, ""), dense("b", "a", 3, true, "a")));
        assertThat(alone.graph.outputWeights().map(Parameter::key)).contains("b/weights");
        assertThat(shared.graph.outputWeights()).isEmpty();
    }
}
