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
import org.bpfree.experiment.ModelCheck;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.op.DropoutOp;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.Vectors;
import org.bpfree.learn.backprop.BackpropLearner;
import org.bpfree.learn.ekdaa.EkdaaLearner;
import org.bpfree.learn.ekdaa.EkdaaSettings;
import org.bpfree.learn.shallow.ShallowSettings;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A promise of a learner")
class VerifierTest {
    private final Bench bench = Bench.of(
            Shape.of(8, 8, 2),
            4,
            9,
            conv(4),
            new LayerSettings(new BasicLayers.BatchNorm(0.1, 1e-5)),
            tanh(),
            maxPool(),
            conv(4),
            tanh(),
            new LayerSettings(new BasicLayers.Dropout(0.3, DropoutOp.Together.VALUES)),
            flatten(),
            dense(4));

    private static EkdaaLearner ekdaa(LearnerContext context) {
        return new EkdaaLearner(Yaml.settings(EkdaaSettings.class, "{beta: 0.9, errorKernels: random}"), context);
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
        Learner learner =
                new EkdaaLearner(Yaml.settings(EkdaaSettings.class, "{beta: 0.9, errorKernels: transposed}"), context);
        Map<String, Double> figures = new HashMap<>();
        AlignmentProbe probe =
                new AlignmentProbe(new StepRecorder(context, learner), 2, 0, (step, found) -> figures.putAll(found));
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

    private Map<String, Double> probed(Learner learner, LearnerContext context, double gradientFloor) {
        Map<String, Double> figures = new HashMap<>();
        learner.learn(bench.batch);
        new AlignmentProbe(new StepRecorder(context, learner), 1, gradientFloor, (step, found) -> figures.putAll(found))
                .updatesReady(bench.batch, 0);
        return figures;
    }

    @Test
    @DisplayName("the probe records every gradient's norm relative to the largest, and no angle to one below the floor")
    void probeOfSmallGradients() {
        LearnerContext context = bench.context();
        Learner learner = new BackpropLearner(context);
        Map<String, Double> free = probed(learner, context, 0);
        Map<String, Double> norms = new HashMap<>();
        learner.trained()
                .forEach(each -> norms.put(
                        each.name(),
                        Math.sqrt(java.util.Arrays.stream(each.update().toDoubles())
                                .map(x -> x * x)
                                .sum())));
        double largest =
                norms.values().stream().mapToDouble(Double::doubleValue).max().getAsDouble();
        norms.forEach((name, norm) -> assertThat(free.get("alignment/" + name + "/relativeGradientNorm"))
                .as(name)
                .isCloseTo(norm / largest, within(1e-12)));
        double floor = 1.01 * norms.get("conv1/weights") / largest;

        Map<String, Double> figures = probed(learner, context, floor);

        norms.forEach((name, norm) -> assertThat(figures.get("alignment/" + name + "/updateAngle"))
                .as(name)
                .isEqualTo(
                        norm / largest < floor ? (Double) Double.NaN : free.get("alignment/" + name + "/updateAngle")));
        assertThat(UpdateAngle.of(figures, floor).note()).startsWith("not meaningful in ");
        assertThat(UpdateAngle.of(free, 0).degrees()).isCloseTo(0, within(1e-6));
    }

    @Test
    @DisplayName("layers that a learner leaves alone have no angle, and their mean with those that learn is undefined")
    void probeOfLayersThatDoNotLearn() {
        LearnerContext context = bench.context();
        ShallowSettings shallow = new ShallowSettings(ShallowSettings.Frozen.HIDDEN);
        Map<String, Double> figures = probed(ModelCheck.chosen(shallow).create(context), context, 1e-6);

        assertThat(figures.get("alignment/dense1/weights/updateAngle")).isCloseTo(0, within(1e-6));
        assertThat(figures.get("alignment/conv1/weights/updateAngle")).isNaN();
        assertThat(UpdateAngle.of(figures, 1e-6).note()).startsWith("undefined in conv1, conv2");
    }

    @Test
    @DisplayName("an update that is not finite has no angle, and large ones have the right one")
    void anglesOfExtremeVectors() {
        double[] unit = {1, 0};

        assertThat(Vectors.angle(new double[] {Double.POSITIVE_INFINITY, 1}, unit))
                .isNaN();
        assertThat(Vectors.angle(new double[] {Double.NaN, 1}, unit)).isNaN();
        assertThat(Vectors.angle(new double[] {0, 0}, unit)).isNaN();
        // Their squares overflow and underflow.
        assertThat(Vectors.angle(new double[] {1e200, 1e200}, new double[] {1e-200, 0}))
                .isCloseTo(45, within(1e-9));
        assertThat(Vectors.norm(new double[] {3e200, 4e200})).isCloseTo(5e200, within(1e186));
    }
}
