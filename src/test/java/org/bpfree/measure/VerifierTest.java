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
import org.bpfree.config.ModelCheck;
import org.bpfree.graph.LayerSettings;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.StepView;
import org.bpfree.learn.Vectors;
import org.bpfree.learn.backprop.BackpropLearner;
import org.bpfree.learn.ekdaa.EkdaaLearner;
import org.bpfree.learn.ekdaa.EkdaaSettings;
import org.bpfree.learn.shallow.ShallowSettings;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Holding a learner against its promises")
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

    private List<Verifier.Line> verify(Learner learner, LearnerContext context, Promise... promises) {
        Verifier verifier = new Verifier(List.of(promises), new StepRecorder(context, learner));
        for (int step = 0; step < 3; step++) {
            learner.learn(bench.batch);
            verifier.updatesReady(bench.batch, step);
        }
        return verifier.lines();
    }

    @Test
    @DisplayName("backpropagation equals backpropagation, with batch-norm and dropout")
    void backpropKeepsItsPromise() {
        LearnerContext context = bench.context();
        List<Verifier.Line> lines = verify(new BackpropLearner(context), context, Promises.equalsBackprop(1e-12));
        assertThat(lines).hasSize(5).allMatch(line -> line.finding().holds());
    }

    @Test
    @DisplayName(
            "negative control: random error kernels are told from backpropagation in the layers they reach, and only there")
    void aBrokenPromiseShows() {
        LearnerContext context = bench.context();
        List<Verifier.Line> lines = verify(ekdaa(context), context, Promises.equalsBackprop(1e-6));
        Map<String, Boolean> holds = new HashMap<>();
        lines.forEach(line -> holds.put(line.finding().layer(), line.finding().holds()));
        assertThat(holds.get("conv1/weights")).isFalse();
        assertThat(holds.get("conv2/weights")).isFalse();
        assertThat(holds.get("dense1/weights")).isTrue();
    }

    /** What a learner of the feedback family, trained for a few steps, keeps of the promises of another. */
    private List<Verifier.Line> verify(String learner, String promiser, double weightDecay) {
        Practice practice = new Practice(learner, bench, 0.05, 0, weightDecay);
        LearnerSettings settings = Practice.settings(promiser);
        Verifier verifier = new Verifier(
                ModelCheck.provider(settings).promises(settings, bench.graph, Precision.FLOAT64),
                new StepRecorder(practice.context, practice.learner));
        for (int step = 0; step < 4; step++) {
            practice.learn();
            verifier.updatesReady(bench.batch, step);
            practice.step();
        }
        return verifier.lines();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dfa", "sdfa", "drtp", "kolen-pollack"})
    @DisplayName(
            "direct projections reach layers unchanged by the weights above; Kolen-Pollack's feedback approaches its weights")
    void familiesKeepTheirPromises(String type) {
        List<Verifier.Line> lines = verify("{type: " + type + "}", "{type: " + type + "}", 0.01);
        assertThat(lines).hasSize(3).allMatch(line -> line.finding().holds());
    }

    @Test
    @DisplayName(
            "negative control: a projected label is no projected error, and feedback that stands still is left behind")
    void familiesDifferFromEachOther() {
        assertThat(verify("{type: drtp}", "{type: dfa}", 0))
                .anyMatch(line -> !line.finding().holds());
        assertThat(verify("{type: fa}", "{type: kolen-pollack}", 0))
                .anyMatch(line -> !line.finding().holds());
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
    @DisplayName("a figure that is not a number never holds")
    void nanNeverHolds() {
        assertThat(new Promise.Finding("a", Double.NaN, 90, true).holds()).isFalse();
        assertThat(new Promise.Finding("a", Double.NaN, 0, false).holds()).isFalse();
    }

    @Test
    @DisplayName("an update of zero is within any angle of a gradient of zero, and of no other")
    void zeroEqualsZero() {
        double[] zero = new double[3];
        double[] gradient = {1, 0, 0};
        assertThat(angleHolds(zero, zero)).isTrue();
        assertThat(angleHolds(zero, gradient)).isFalse();
        assertThat(angleHolds(gradient, zero)).isFalse();
    }

    private static boolean angleHolds(double[] update, double[] gradient) {
        StepView.Layer layer = new StepView.Layer("dense1/weights", new double[3], update, gradient, null);
        StepView step =
                new StepView(0, List.of(layer), "dense1/weights", new int[0], java.util.Map.of(), java.util.Map.of());
        return Promises.angleBelow(90).measure(step).stream().allMatch(Promise.Finding::holds);
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
        Map<String, Double> figures = probed(ModelCheck.provider(shallow).create(shallow, context), context, 1e-6);

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
