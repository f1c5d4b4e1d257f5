package org.bpfree.learn.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.tanh;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.ChosenLearner;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Misfit;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Options that the whole family has")
class FeedbackOptionsTest {
    private static Bench bench() {
        return Bench.of(Shape.of(6, 6, 2), 4, 12, conv(4), tanh(), conv(5), tanh(), flatten(), dense(4, true));
    }

    private static double[] norms(Bench bench) {
        return bench.graph.trainableParameters().stream()
                .filter(Parameter::carriesErrors)
                .mapToDouble(parameter ->
                        Vectors.norm(bench.parameters.get(parameter).toDoubles()))
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fa", "frsf", "dfa", "kolen-pollack"})
    @DisplayName("constrainNorm: at every forward pass weights have their initial norm, and still learn")
    void constrainNorm(String type) {
        Bench constrained = bench();
        Practice practice = new Practice("{type: " + type + ", constrainNorm: true}", constrained, 0.2, 0.9, 0);
        double[] initial = norms(constrained);
        double before = practice.learn().lossSum();
        for (int step = 0; step < 30; step++) {
            practice.step();
        }
        assertThat(norms(constrained)[2]).as("after a step").isNotCloseTo(initial[2], within(1e-6));
        assertThat(practice.learn().lossSum()).isLessThan(0.7 * before);
        assertThat(norms(constrained)).containsExactly(initial, within(1e-12));
    }

    @Test
    @DisplayName("clipErrors: the error of the output is limited where it meets weights, and not where it is projected")
    void clipErrors() {
        double limit = 0.3;
        for (String type : List.of("fa", "dfa")) {
            Bench bench = bench();
            Learner free = Practice.learner("{type: " + type + "}", bench);
            free.learn(bench.batch);
            double[] error = free.errors(bench.batch).get("dense1").toDoubles();
            double[] expected = new double[4];
            for (int i = 0; i < error.length; i++) {
                expected[i % 4] += Math.max(-limit, Math.min(limit, error[i]));
            }
            Learner clipped = Practice.learner("{type: " + type + ", clipErrors: " + limit + "}", bench);
            Map<String, double[]> updates = Bench.updates(clipped, bench.batch);
            assertThat(updates.get("dense1/bias")).containsExactly(expected, within(1e-12));
            assertThat(clipped.errors(bench.batch).get("dense1").toDoubles()).isEqualTo(error);
            assertThat(Arrays.stream(error).boxed()).as("negative control").anyMatch(e -> Math.abs(e) > limit);
        }
        Bench bench = bench();
        Learner tight = Practice.learner("{type: fa, clipErrors: 1.0e-3}", bench);
        tight.learn(bench.batch);
        assertThat(Arrays.stream(tight.errors(bench.batch).get("conv2").toDoubles())
                        .boxed())
                .allMatch(e -> Math.abs(e) <= 1e-3);
    }

    @Test
    @DisplayName("scale and initializer: feedback is the draw of that law times the factor")
    void scaleAndLaw() {
        Bench bench = bench();
        double[] one = feedback("{type: fa}", bench);
        double[] three = feedback("{type: fa, scale: 3}", bench);
        for (int i = 0; i < one.length; i++) {
            assertThat(three[i]).isCloseTo(3 * one[i], within(1e-15));
        }
        assertThat(feedback("{type: fa, initializer: ones}", bench)).containsOnly(1);
        assertThat(feedback("{type: frsf, initializer: ones, scale: 2}", bench)).containsOnly(2);
    }

    private static double[] feedback(String learner, Bench bench) {
        return Practice.learner(learner, bench)
                .state()
                .get("feedback/conv2/weights")
                .toDoubles();
    }

    @Test
    @DisplayName("feedback of zeros is refused, whether asked for or taken over from the layer")
    void zerosAreRefused() {
        Graph zeros = Bench.graph(
                Shape.of(3, 3, 1),
                4,
                flatten(),
                dense(5),
                Yaml.layer("{type: dense, units: 4, bias: false, initializer: zeros}"));
        assertThat(misfits(Optional.empty(), zeros)).singleElement().satisfies(misfit -> assertThat(misfit.node())
                .isEqualTo("dense2"));
        assertThat(misfits(Optional.of(Initializer.HE_NORMAL), zeros)).isEmpty();
        assertThat(misfits(Optional.of(Initializer.ZEROS), bench().graph))
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.setting()).isEqualTo("initializer"));
    }

    private static List<Misfit> misfits(Optional<Initializer> law, Graph graph) {
        return ChosenLearner.of(new FaProvider(), new FaSettings(law, 1, 0, false))
                .check(graph, LossFunction.CROSS_ENTROPY, Precision.FLOAT32)
                .misfits();
    }
}
