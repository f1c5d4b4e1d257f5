package org.bpfree.learn.backprop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Bench;
import org.bpfree.learn.FiniteDifferences;
import org.bpfree.model.GraphBuilder;
import org.bpfree.model.GraphProblem;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.ModelSettings;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Layers that announce themselves, group-norm and depthwise-conv,")
class AnnouncedLayersTest {
    private static final Shape IMAGE = Shape.of(6, 7, 2);
    private static final String TAIL = """
            {type: activation, function: tanh}
            {type: flatten}
            {type: dense, units: 4}
            """;

    /** Layers below {@link #TAIL}, a line each. */
    static Stream<String> networks() {
        return Stream.of(
                "{type: depthwise-conv}",
                "{type: conv, filters: 3}\n{type: depthwise-conv, multiplier: 2, kernel: 2}",
                "{type: conv, filters: 3}\n{type: depthwise-conv, stride: 2, biasInitializer: lecun-normal}",
                "{type: conv, filters: 3}\n{type: depthwise-conv, stride: 3, kernel: 2, padding: valid, bias: false}",
                "{type: conv, filters: 3}\n{type: depthwise-conv, name: a}\n{type: activation, function: tanh}\n"
                        + "{type: depthwise-conv, share: a}",
                "{type: conv, filters: 6}\n{type: group-norm, groups: 3}",
                "{type: conv, filters: 6}\n{type: group-norm, groups: 6, name: a}\n{type: group-norm, groups: 6, share: a}",
                "{type: tokens}\n{type: dense, units: 6}\n{type: group-norm, groups: 2}",
                "{type: flatten}\n{type: dense, units: 6}\n{type: group-norm, groups: 2}");
    }

    private static LayerSettings[] layers(String lines) {
        return lines.lines()
                .map(line -> Yaml.settings(LayerSettings.class, line))
                .toArray(LayerSettings[]::new);
    }

    private static Bench bench(String network) {
        return Bench.of(Precision.FLOAT64, LossFunction.CROSS_ENTROPY, IMAGE, 4, 3, layers(network + "\n" + TAIL));
    }

    @ParameterizedTest
    @MethodSource("networks")
    @DisplayName("learn by the derivatives of the loss, by central differences in double precision")
    void updatesAreDerivatives(String network) {
        Bench bench = bench(network);
        assertThat(FiniteDifferences.worstElement(bench, new BackpropLearner(bench.context()), 1))
                .isLessThan(1e-6);
    }

    @ParameterizedTest
    @MethodSource("networks")
    @DisplayName("negative control: updates that are 0.01 % too large are told from derivatives")
    void aWrongGradientIsNoticed(String network) {
        Bench bench = bench(network);
        assertThat(FiniteDifferences.worstElement(bench, new BackpropLearner(bench.context()), 1.0001))
                .isGreaterThan(1e-5);
    }

    private static List<String> problems(String network) {
        List<GraphProblem> problems = new ArrayList<>();
        ModelSettings model =
                new ModelSettings(Arrays.asList(layers(network + "\n" + TAIL)), java.util.Optional.empty());
        GraphBuilder.build(model, IMAGE, 4, problems::add);
        return problems.stream()
                .map(problem -> problem.setting() + ": " + problem.message())
                .toList();
    }

    @Test
    @DisplayName("refuse what does not fit, with the setting to change")
    void whatDoesNotFitIsRefused() {
        assertThat(problems("{type: conv, filters: 6}\n{type: group-norm, groups: 4}"))
                .singleElement()
                .asString()
                .startsWith("groups: 4 groups do not divide the 6 channels");
        assertThat(problems("{type: flatten}\n{type: dense, units: 6}\n{type: group-norm, groups: 6}"))
                .singleElement()
                .asString()
                .contains("one number each");
        assertThat(problems("{type: depthwise-conv, kernel: 9, padding: valid}"))
                .singleElement()
                .asString()
                .startsWith("kernel: a window of 9x9 does not fit");
        assertThat(problems("{type: flatten}\n{type: depthwise-conv}").get(0)).startsWith("kernel: needs maps");
        assertThatThrownBy(() -> layers("{type: depthwise-conv, biasInitializer: orthogonal}"))
                .hasMessageContaining("biasInitializer");
    }
}
