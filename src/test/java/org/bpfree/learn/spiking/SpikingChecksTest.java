package org.bpfree.learn.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.tanh;

import java.util.List;
import org.bpfree.failure.Failure;
import org.bpfree.graph.Graph;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Misfit;
import org.bpfree.learn.Practice;
import org.bpfree.model.JoinLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A network that cannot spike, and settings that contradict each other, are refused")
class SpikingChecksTest {
    private static List<Misfit> misfits(LayerSettings... layers) {
        Graph graph = Bench.graph(Shape.of(8, 8, 2), 4, layers);
        return Practice.findings("{type: spiking-microcircuit}", graph, LossFunction.CROSS_ENTROPY)
                .misfits();
    }

    private static List<String> warnings(LossFunction loss) {
        Graph graph = Bench.graph(Shape.of(8, 8, 2), 4, flatten(), dense(4));
        return Practice.findings("{type: spiking-backprop}", graph, loss).warnings();
    }

    @Test
    void activationsAndBiasesAreNamed() {
        assertThat(misfits(flatten(), dense(5, true), tanh(), dense(4)))
                .extracting(Misfit::node)
                .containsExactly("dense1", "tanh1");
        assertThat(misfits(flatten(), dense(5), dense(4))).isEmpty();
    }

    @Test
    void whatIsNotLinearIsNamed() {
        assertThat(misfits(maxPool(), flatten(), dense(4))).singleElement().satisfies(misfit -> {
            assertThat(misfit.node()).isEqualTo("max-pool1");
            assertThat(misfit.message()).contains("sum-pool");
        });
    }

    @Test
    void theOutputMustSpike() {
        LayerSettings sum = new LayerSettings("", List.of("dense1", "dense1"), new JoinLayers.Add());
        assertThat(misfits(flatten(), dense(4), sum)).singleElement().satisfies(misfit -> assertThat(misfit.node())
                .isEqualTo("add1"));
    }

    @Test
    void feedbackAsLargeAsZeroIsRefused() {
        LayerSettings zeros = Yaml.layer("{type: dense, units: 4, bias: false, initializer: zeros}");
        assertThat(misfits(flatten(), dense(5), zeros)).extracting(Misfit::node).containsExactly("dense2");
    }

    @Test
    void aLossThatIsNotReadIsWarnedOf() {
        assertThat(warnings(LossFunction.CROSS_ENTROPY)).isEmpty(); // the default, which nobody need have written
        assertThat(warnings(LossFunction.SQUARED_ERROR))
                .singleElement()
                .asString()
                .contains("loss: squared-error", "learner.objective.loss");
    }

    @ParameterizedTest
    @CsvSource({
        "'{type: spiking-microcircuit, causal: true, rule: spike-timing}', 'causal'",
        "'{type: spiking-backprop, objective: {desiredTrain: [0, 1]}}', 'desiredTrain has 2 steps, but neuron.steps is 5'",
        "'{type: spiking-backprop, objective: {desiredTrain: [0, 1, 2, 0, 0]}}', 'numbers other than 0 and 1'",
        "'{type: spiking-backprop, neuron: {steps: 0}}', 'steps'",
        "'{type: spiking-microcircuit, feedback: dfa}', 'frsf'"
    })
    void settings(String settings, String message) {
        assertThatThrownBy(() -> Practice.settings(settings))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(message);
    }
}
