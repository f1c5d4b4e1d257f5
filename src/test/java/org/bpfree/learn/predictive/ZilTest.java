package org.bpfree.learn.predictive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Node;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.model.ArchitectureSettings;
import org.bpfree.model.ConvolutionalNetworks;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.SequenceNetworks;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Losses;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Z-IL")
class ZilTest {
    private static final int CLASSES = 5;
    private static final List<String> FAMILIES = List.of("mlp", "cnn", "rnn", "resnet", "residual-mlp", "transformer");
    private static final List<String> FORMS = List.of(
            "{type: z-il}",
            "{type: z-il, form: state}",
            "{type: z-il, schedule: full}",
            "{type: z-il, schedule: full, form: state}");

    private static Bench bench(String family, Precision precision, LossFunction loss) {
        Shape image = family.equals("cnn") ? Shape.of(16, 16, 3) : Shape.of(8, 8, 3);
        ArchitectureSettings architecture =
                switch (family) {
                    case "mlp" -> new ArchitectureSettings.Mlp(List.of(32, 32, 32), ActivationFunction.TANH);
                    case "cnn" -> new ConvolutionalNetworks.AlexNet(ActivationFunction.RELU, 2, 0.5);
                    case "rnn" -> new SequenceNetworks.RowRnn(16, ActivationFunction.TANH);
                    case "resnet" -> new ConvolutionalNetworks.ResNet18(ActivationFunction.RELU, 3);
                    case "residual-mlp" -> new ArchitectureSettings.ResidualMlp(5, 32, ActivationFunction.TANH);
                    case "transformer" -> new SequenceNetworks.VitTiny(2, 16, 1, 4, 2);
                    default -> throw new IllegalArgumentException(family);
                };
        return Bench.of(
                precision,
                loss,
                image,
                CLASSES,
                16,
                architecture.layers(image, CLASSES).toArray(LayerSettings[]::new));
    }

    static Stream<Arguments> everyWay() {
        List<Arguments> ways = new ArrayList<>();
        for (String family : FAMILIES) {
            for (String learner : FORMS) {
                for (LossFunction loss : Losses.ALL) {
                    ways.add(Arguments.of(family, learner, loss));
                }
            }
        }
        return ways.stream();
    }

    /** Largest difference of all updates, relative to the largest gradient (z-il.md, section 9). */
    private static double difference(String learner, Bench bench) {
        Learner zil = Practice.learner(learner, bench);
        zil.learn(bench.slot.batch(5)); // what an earlier batch leaves behind must not matter
        return difference(Bench.updates(zil, bench.batch), gradients(bench));
    }

    private static Map<String, double[]> gradients(Bench bench) {
        return Bench.updates(Practice.learner("{type: backprop}", bench), bench.batch);
    }

    private static double difference(Map<String, double[]> updates, Map<String, double[]> gradients) {
        double largest = 0;
        double difference = 0;
        for (Map.Entry<String, double[]> gradient : gradients.entrySet()) {
            largest = Math.max(largest, Vectors.largest(gradient.getValue()));
            difference = Math.max(
                    difference, Vectors.largestDifference(updates.get(gradient.getKey()), gradient.getValue()));
        }
        return difference / largest;
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("everyWay")
    @DisplayName(
            "is backpropagation to 1e-14 in float64, on every family, in every schedule and form, with both losses")
    void equalsBackpropInFloat64(String family, String learner, LossFunction loss) {
        assertThat(difference(learner, bench(family, Precision.FLOAT64, loss))).isLessThanOrEqualTo(1e-14);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("everyWay")
    @DisplayName("is backpropagation to 1e-6 in float32 when it carries errors, to 1e-5 when it subtracts states")
    void equalsBackpropInFloat32(String family, String learner, LossFunction loss) {
        double bound = learner.contains("state") ? 1e-5 : 1e-6;
        assertThat(difference(learner, bench(family, Precision.FLOAT32, loss))).isLessThanOrEqualTo(bound);
    }

    @ParameterizedTest
    @CsvSource({
        "mlp,error",
        "mlp,state",
        "cnn,error",
        "rnn,state",
        "resnet,error",
        "residual-mlp,state",
        "transformer,error"
    })
    @DisplayName("front and full give the same bits")
    void frontEqualsFull(String family, String form) {
        Bench bench = bench(family, Precision.FLOAT32, LossFunction.CROSS_ENTROPY);
        String learner = "{type: z-il, form: " + form + ", schedule: ";
        assertThat(Bench.updates(Practice.learner(learner + "front}", bench), bench.batch))
                .usingRecursiveComparison()
                .isEqualTo(Bench.updates(Practice.learner(learner + "full}", bench), bench.batch));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "cnn"})
    @DisplayName("on chains, carrying errors, it is backpropagation to the last bit")
    void bitEqualOnChains(String family) {
        Bench bench = bench(family, Precision.FLOAT32, LossFunction.CROSS_ENTROPY);
        assertThat(Bench.updates(Practice.learner("{type: z-il}", bench), bench.batch))
                .usingRecursiveComparison()
                .isEqualTo(gradients(bench));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "cnn", "rnn", "resnet", "residual-mlp", "transformer"})
    @DisplayName("the error of a node in the round of its level is backpropagation's (invariant I3)")
    void errorsAtTheirLevel(String family) {
        Bench bench = bench(family, Precision.FLOAT64, LossFunction.CROSS_ENTROPY);
        Learner backprop = Practice.learner("{type: backprop}", bench);
        Learner zil = Practice.learner("{type: z-il, schedule: full, form: state}", bench);
        backprop.learn(bench.batch);
        zil.learn(bench.batch);
        int compared = 0;
        for (Node node : bench.graph.nodes()) {
            if (bench.graph.needsError(node)) {
                double[] expected =
                        backprop.errors(bench.batch).get(node.name()).toDoubles();
                double[] actual = zil.errors(bench.batch).get(node.name()).toDoubles();
                assertThat(Vectors.largestDifference(actual, expected))
                        .as(node.name())
                        .isLessThanOrEqualTo(1e-13 * Math.max(1, Vectors.largest(expected)));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(4);
    }

    @ParameterizedTest
    @CsvSource({"mlp,front", "mlp,full", "residual-mlp,front", "residual-mlp,full"})
    @DisplayName("gamma law: with another inference rate an update is gamma^level times the gradient")
    void gammaLaw(String family, String schedule) {
        Bench bench = bench(family, Precision.FLOAT64, LossFunction.CROSS_ENTROPY);
        Levels levels = Levels.of(bench.graph);
        Map<String, double[]> gradients = gradients(bench);
        Map<String, double[]> updates = Bench.updates(
                Practice.learner("{type: z-il, gamma: 0.5, schedule: " + schedule + "}", bench), bench.batch);
        for (Node node : bench.graph.nodes()) {
            node.parameters().stream().filter(p -> p.trainable()).forEach(parameter -> {
                double[] expected = gradients.get(parameter.key()).clone();
                for (int i = 0; i < expected.length; i++) {
                    expected[i] *= Math.pow(0.5, levels.level(node));
                }
                assertThat(Vectors.relativeDifference(updates.get(parameter.key()), expected))
                        .as(parameter.key())
                        .isLessThanOrEqualTo(1e-7);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "resnet, 'levelling: off'",
        "residual-mlp, 'levelling: off'",
        "transformer, 'levelling: off'",
        "mlp, 'gamma: 0.99999'",
        "residual-mlp, 'gamma: 0.99999'",
        "mlp, 'firing: late'",
        "mlp, 'firing: last'",
        "mlp, 'initialNoise: 0.01'",
    })
    @DisplayName("negative controls: no levelling, another gamma, late firing and noise are far from backpropagation")
    void negativeControls(String family, String setting) {
        Bench bench = bench(family, Precision.FLOAT64, LossFunction.CROSS_ENTROPY);
        assertThat(difference("{type: z-il, schedule: full, " + setting + "}", bench))
                .isGreaterThan(1e-5);
    }

    @Test
    @DisplayName("without levelling a chain stays exact, for it has nothing to level")
    void levellingDoesNotMatterOnChains() {
        assertThat(difference(
                        "{type: z-il, schedule: full, levelling: off}",
                        bench("cnn", Precision.FLOAT64, LossFunction.CROSS_ENTROPY)))
                .isLessThanOrEqualTo(1e-14);
    }

    @Test
    @DisplayName("small errors survive float32 when they are carried, and are lost when states are subtracted")
    void smallErrors() {
        Bench bench = bench("mlp", Precision.FLOAT32, LossFunction.CROSS_ENTROPY);
        // Labels the network already gives: what is left of the error is small.
        Practice practice = new Practice("{type: backprop}", bench, 0.1, 0.9, 0);
        for (int i = 0; i < 1500; i++) {
            practice.step();
        }
        assertThat(difference("{type: z-il}", bench)).isLessThanOrEqualTo(1e-6);
        assertThat(difference("{type: z-il, form: state}", bench)).isGreaterThan(1e-5);
    }

    @ParameterizedTest
    @CsvSource({"mlp,FLOAT64,1e-15", "mlp,FLOAT32,7e-7", "residual-mlp,FLOAT64,1e-15", "residual-mlp,FLOAT32,7e-7"})
    @DisplayName("300 steps of gradient descent end in backpropagation's weights")
    void trajectory(String family, Precision precision, double bound) {
        Map<String, double[]> one = trained("{type: z-il, form: state}", family, precision);
        Map<String, double[]> other = trained("{type: backprop}", family, precision);
        double difference = 0;
        for (String key : other.keySet()) {
            difference = Math.max(difference, Vectors.largestDifference(one.get(key), other.get(key)));
        }
        assertThat(difference).isCloseTo(0, within(bound));
    }

    private static Map<String, double[]> trained(String learner, String family, Precision precision) {
        Bench bench = bench(family, precision, LossFunction.CROSS_ENTROPY);
        Practice practice = new Practice(learner, bench, 0.01, 0, 0);
        for (int i = 0; i < 300; i++) {
            practice.step();
        }
        Map<String, double[]> values = new java.util.TreeMap<>();
        bench.parameters.asMap().forEach((parameter, value) -> values.put(parameter.key(), value.toDoubles()));
        return values;
    }
}
