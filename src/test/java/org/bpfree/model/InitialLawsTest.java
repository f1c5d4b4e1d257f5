package org.bpfree.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;

import java.util.List;
import java.util.Optional;
import org.bpfree.binding.Setting;
import org.bpfree.failure.Failure;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Parameters;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Laws of initial parameters")
class InitialLawsTest {
    private static final Shape COLOUR = Shape.of(32, 32, 3);

    private static Graph build(LayerSettings... layers) {
        return lawful(new ModelSettings(List.of(layers), Optional.empty()));
    }

    private static Graph lawful(ModelSettings model) {
        return GraphBuilder.build(model, COLOUR, 10, problem -> {
                    throw new AssertionError(problem);
                })
                .orElseThrow();
    }

    @Test
    @DisplayName("PyTorch's laws for an architecture: weights and biases uniform in +-1 / sqrt(connections of a unit)")
    void lawsOfAnArchitecture() {
        Optional<Initializer> law = Optional.of(Initializer.FAN_IN_UNIFORM);
        Graph graph = lawful(new ModelSettings(
                List.of(), Optional.of(new ArchitectureSettings.Lenet(ActivationFunction.RELU)), law, law));
        Parameters values = Parameters.initialize(graph.parameters(), Precision.FLOAT64, 3);
        int biases = 0;
        for (Parameter parameter : graph.parameters()) {
            double[] drawn = values.get(parameter).toDoubles();
            int units = parameter.spec().shape().extent(0);
            boolean bias = parameter.key().endsWith("/bias");
            String weights = parameter.key().replace("/bias", "/weights");
            long connections = graph.parameters().stream()
                            .filter(other -> other.key().equals(weights))
                            .findFirst()
                            .orElseThrow()
                            .spec()
                            .shape()
                            .size()
                    / units;
            double bound = 1 / Math.sqrt(connections);
            biases += bias ? 1 : 0;
            // The largest of n uniform magnitudes is below bound / 2 with probability 2^-n; no layer has fewer than ten
            // units.
            assertThat(java.util.Arrays.stream(drawn).map(Math::abs).max().getAsDouble())
                    .as(parameter.key())
                    .isBetween(bound / 2, bound);
            // With the root mean square that learners take the law to have, bound / sqrt(3), within five standard
            // deviations.
            double square =
                    java.util.Arrays.stream(drawn).map(x -> x * x).average().getAsDouble();
            assertThat(square / (bound * bound)).isCloseTo(1 / 3.0, within(5 * 0.3 / Math.sqrt(drawn.length)));
        }
        assertThat(biases).isEqualTo(5);
    }

    @Test
    @DisplayName("a bias follows the law of its layer, with the fan-in of the weights, and starts at zero without one")
    void lawOfABias() {
        for (Initializer law : List.of(Initializer.ONES, Initializer.FAN_IN_UNIFORM)) {
            LayerSettings dense = Yaml.layer(
                    "{type: dense, units: 10, initializer: zeros, biasInitializer: %s}".formatted(Setting.nameOf(law)));
            Graph graph = build(flatten(), dense);
            double[] bias = Parameters.initialize(graph.parameters(), Precision.FLOAT64, 3)
                    .get(graph.output().parameters().get(1))
                    .toDoubles();
            double bound = law == Initializer.ONES ? 1 : 1 / Math.sqrt(32 * 32 * 3);
            assertThat(java.util.Arrays.stream(bias).map(Math::abs).max().getAsDouble())
                    .isBetween(bound / 2, bound);
        }
        Graph plain = build(flatten(), dense(10, true));
        assertThat(Parameters.initialize(plain.parameters(), Precision.FLOAT64, 3)
                        .get(plain.output().parameters().get(1))
                        .toDoubles())
                .containsOnly(0);
    }

    @Test
    @DisplayName("laws of an architecture beside listed layers, and matrices' laws for biases, are refused")
    void lawsThatCannotBe() {
        Optional<Initializer> law = Optional.of(Initializer.FAN_IN_UNIFORM);
        assertThatThrownBy(() -> new ModelSettings(List.of(dense(10)), Optional.empty(), Optional.empty(), law))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("Give it to each dense and conv layer");
        assertThatThrownBy(() -> Yaml.layer("{type: dense, units: 10, biasInitializer: orthogonal}"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("law of matrices");
    }
}
