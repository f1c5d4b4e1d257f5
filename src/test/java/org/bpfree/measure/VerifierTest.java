package org.bpfree.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.tanh;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.LayerSettings;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.backprop.BackpropLearner;
import org.bpfree.learn.ekdaa.EkdaaLearner;
import org.bpfree.learn.ekdaa.EkdaaSettings;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A promise of a learner")
class VerifierTest {
    private final Bench bench = Bench.of(
            Shape.of(8, 8, 2),
            4,
            9,
            conv(4),
            new LayerSettings.BatchNorm("", List.of(), 0.1, 1e-5),
            tanh(),
            maxPool(),
            conv(4),
            tanh(),
            new LayerSettings.Dropout("", List.of(), 0.3),
            flatten(),
            dense(4));

    private static EkdaaLearner ekdaa(LearnerContext context) {
        return new EkdaaLearner(
                new EkdaaSettings(
                        EkdaaSettings.Mode.CLEAN,
                        0.9,
                        0.1,
                        EkdaaSettings.ErrorKernels.RANDOM,
                        EkdaaSettings.Displacement.ABSOLUTE),
                context);
    }

    private static List<Promise.Outcome> judge(Bench bench, Learner learner, LearnerContext context, Promise promise) {
        StepRecorder recorder = new StepRecorder(context, learner);
        learner.learn(bench.batch);
        return promise.measure(recorder.record(bench.batch, 0)).stream()
                .map(Promise.Finding::outcome)
                .toList();
    }

    @Test
    @DisplayName("backpropagation equals backpropagation, with batch-norm and dropout")
    void backpropKeepsItsPromise() {
        LearnerContext context = bench.context();
        assertThat(judge(bench, new BackpropLearner(context), context, Promises.equalsBackprop(1e-12)))
                .hasSize(5)
                .containsOnly(Promise.Outcome.HOLDS);
    }

    @Test
    @DisplayName("negative control: random error kernels are told from backpropagation in the four tensors they reach")
    void aBrokenPromiseShows() {
        LearnerContext context = bench.context();
        assertThat(judge(bench, ekdaa(context), context, Promises.equalsBackprop(1e-6)))
                .containsExactly(
                        Promise.Outcome.BROKEN,
                        Promise.Outcome.BROKEN,
                        Promise.Outcome.BROKEN,
                        Promise.Outcome.BROKEN,
                        Promise.Outcome.HOLDS);
    }

    @Test
    @DisplayName("the reference leaves the running statistics of batch-norm as it found them")
    void referenceLeavesNoTrace() {
        LearnerContext context = bench.context();
        Map<Parameter, double[]> before = new HashMap<>();
        bench.parameters.asMap().forEach((parameter, value) -> before.put(parameter, value.toDoubles()));
        new BackpropReference(context).gradients(bench.batch);
        bench.parameters.asMap().forEach((parameter, value) -> assertThat(value.toDoubles())
                .as(parameter.key())
                .isEqualTo(before.get(parameter)));
    }

    @Test
    @DisplayName("a figure that is not a number never holds, and what was not measured neither holds nor is broken")
    void outcomes() {
        Promise.Finding nan = new Promise.Finding("a", Double.NaN, 90, true);
        Promise.Finding fine = new Promise.Finding("a", 1, 2, true);
        Promise.Finding unchecked = Promise.Finding.unchecked("a", "no figure");
        assertThat(nan.outcome()).isEqualTo(Promise.Outcome.BROKEN);
        assertThat(new Promise.Finding("a", Double.NaN, 0, false).outcome()).isEqualTo(Promise.Outcome.BROKEN);
        assertThat(unchecked.outcome()).isEqualTo(Promise.Outcome.NOT_CHECKED);
        assertThat(unchecked.worse(fine)).isEqualTo(fine);
        assertThat(fine.worse(nan)).isEqualTo(nan);
        assertThat(fine.worse(new Promise.Finding("a", 1.5, 4, true)))
                .as("half of a bound is worse than three eighths of another")
                .isEqualTo(fine);
    }

    @Test
    @DisplayName("the probe reports 0 degrees, equal norms and full agreement where feedback is the weights")
    void probeOfAlignedKernels() {
        LearnerContext context = bench.context();
        Learner learner = new EkdaaLearner(
                new EkdaaSettings(
                        EkdaaSettings.Mode.CLEAN,
                        0.9,
                        0.1,
                        EkdaaSettings.ErrorKernels.TRANSPOSED,
                        EkdaaSettings.Displacement.ABSOLUTE),
                context);
        Map<String, Double> figures = new HashMap<>();
        AlignmentProbe probe =
                new AlignmentProbe(new StepRecorder(context, learner), 2, (step, found) -> figures.putAll(found));
        learner.learn(bench.batch);
        probe.updatesReady(bench.batch, 1);
        assertThat(figures).as("only every second step").isEmpty();
        probe.updatesReady(bench.batch, 2);
        assertThat(figures.get("alignment/conv2/weights/feedbackAngle")).isCloseTo(0, within(1e-7));
        assertThat(figures.get("alignment/conv2/weights/feedbackNormRatio")).isCloseTo(1, within(1e-12));
        assertThat(figures.get("alignment/conv2/weights/signAgreement")).isEqualTo(1);
        assertThat(figures.get("alignment/dense1/weights/updateAngle")).isCloseTo(0, within(1e-7));
        assertThat(figures.get("alignment/conv1/weights/updateAngle")).isBetween(0.1, 60.0);
    }
}
