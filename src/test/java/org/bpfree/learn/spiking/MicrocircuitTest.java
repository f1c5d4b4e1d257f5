package org.bpfree.learn.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Yaml;
import org.bpfree.train.Optimizer;
import org.bpfree.train.StepNoise;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The spiking microcircuit")
class MicrocircuitTest {
    private static final double EXACT = 1e-12;

    private static final List<Supplier<Bench>> BENCHES = List.of(SpikingBench::dense3, SpikingBench::convolutional);

    private static String microcircuit(String settings) {
        return "{type: spiking-microcircuit, " + settings + "}";
    }

    private static double difference(Bench bench, String one, String other) {
        return SpikingBench.difference(SpikingBench.updates(bench, one), SpikingBench.updates(bench, other));
    }

    @Test
    @DisplayName("is tried on networks that spike")
    void spikes() {
        BENCHES.forEach(
                bench -> assertThat(SpikingBench.spikesPerImage(bench.get())).isGreaterThan(5));
    }

    @Test
    @DisplayName("with Dale's split of signals and feedback gives the same updates, on products and convolutions")
    void daleSplit() {
        for (Supplier<Bench> bench : BENCHES) {
            for (String feedback : List.of("frsf", "fa", "weights")) {
                assertThat(difference(
                                bench.get(),
                                microcircuit("feedback: " + feedback),
                                microcircuit("daleSplit: true, feedback: " + feedback)))
                        .as(feedback)
                        .isLessThan(EXACT);
            }
        }
        // With the causal tier, the errors sent down are split.
        assertThat(difference(
                        SpikingBench.convolutional(),
                        microcircuit("causal: true"),
                        microcircuit("causal: true, daleSplit: true")))
                .isLessThan(EXACT);
    }

    @Test
    @DisplayName("causal and acausal, agrees at the output layer, and differs below")
    void causal() {
        for (Supplier<Bench> bench : BENCHES) {
            Map<String, double[]> causal = SpikingBench.updates(bench.get(), microcircuit("causal: true"));
            Map<String, double[]> acausal = SpikingBench.updates(bench.get(), microcircuit("causal: false"));
            String output = bench.get().graph.outputWeights().orElseThrow().key();
            assertThat(Vectors.relativeDifference(causal.get(output), acausal.get(output)))
                    .isLessThan(EXACT);
            String below = bench.get().graph.parameters().get(0).key();
            assertThat(Vectors.relativeDifference(causal.get(below), acausal.get(below)))
                    .isGreaterThan(0.01);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"surrogate", "spike-timing"})
    @DisplayName("with feedback: weights is backpropagation with the same rule")
    void weights(String rule) {
        for (Supplier<Bench> bench : BENCHES) {
            String backprop = "{type: spiking-backprop, rule: " + rule + "}";
            assertThat(difference(bench.get(), microcircuit("feedback: weights, rule: " + rule), backprop))
                    .isZero();
            assertThat(difference(bench.get(), microcircuit("feedback: frsf, rule: " + rule), backprop))
                    .as("negative control")
                    .isGreaterThan(0.01);
        }
    }

    @Test
    @DisplayName("with a fine quantum of its error cells comes near the analog ones")
    void fineQuantum() {
        Bench bench = SpikingBench.dense3();
        String fine = microcircuit("errorCells: spiking, errorQuantum: 0.0001");
        String coarse = microcircuit("errorCells: spiking, errorQuantum: 0.25");
        assertThat(difference(bench, fine, microcircuit("errorCells: analog"))).isLessThan(0.01);
        assertThat(difference(bench, coarse, microcircuit("errorCells: analog")))
                .isGreaterThan(0.02);
    }

    /** Feedback before and after 30 steps of the optimizer of section 6, and the weights after them. */
    private record Course(double[] before, double[] after, double[] weights, double leastAgreement) {}

    private static Course train(String settings) {
        Bench bench = SpikingBench.floats(40);
        StepNoise noise = new StepNoise(7);
        LearnerSettings parsed = Practice.settings(settings);
        Learner learner = ModelCheck.chosen(parsed)
                .create(LearnerContext.of(
                        bench.graph,
                        bench.parameters,
                        LossFunction.CROSS_ENTROPY,
                        new Arena(Precision.FLOAT32),
                        noise,
                        7));
        Optimizer optimizer = new Optimizer(
                Yaml.optimizer("{type: adamw, learningRate: 0.02, weightDecay: 0.1, clipNorm: 1, weightLimit: 4}"),
                learner.trained());
        double[] first = null;
        double agreement = 1;
        for (int step = 1; step <= 30; step++) {
            noise.at(step);
            double[] weights =
                    bench.parameters.get(bench.graph.parameters().get(1)).toDoubles();
            learner.learn(bench.batch);
            double[] feedback = learner.feedback().get("dense2/weights").toDoubles();
            first = first == null ? feedback : first;
            agreement = Math.min(agreement, Vectors.signAgreement(feedback, weights));
            optimizer.apply(1, 0.02, step);
        }
        learner.learn(bench.batch);
        return new Course(
                first,
                learner.feedback().get("dense2/weights").toDoubles(),
                bench.parameters.get(bench.graph.parameters().get(1)).toDoubles(),
                agreement);
    }

    private static double[] sizes(double[] feedback) {
        return Arrays.stream(feedback).map(Math::abs).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"frsf", "usf", "brsf"})
    @DisplayName("keeps all signs of its feedback those of the weights while they cross zero")
    void signs(String feedback) {
        Course course = train(microcircuit("feedback: " + feedback));
        assertThat(Vectors.signAgreement(course.before, course.weights))
                .as("weights crossed zero")
                .isLessThan(1);
        assertThat(course.leastAgreement).isEqualTo(1);
        boolean sameSizes = Arrays.equals(sizes(course.before), sizes(course.after));
        assertThat(sameSizes).isEqualTo(!feedback.equals("brsf"));
    }

    @Test
    @DisplayName("negative control: random feedback agrees in half of the signs, and stays as it is")
    void randomFeedback() {
        Course course = train(microcircuit("feedback: fa"));
        assertThat(course.leastAgreement).isBetween(0.3, 0.7);
        assertThat(course.after).isEqualTo(course.before);
    }

    @Test
    @DisplayName("draws feedback as large as the initial weights")
    void sizesOfFeedback() {
        Bench bench = Bench.of(
                Precision.FLOAT64,
                LossFunction.CROSS_ENTROPY,
                Shape.of(1, 1, 20),
                10,
                2,
                org.bpfree.learn.Layers.flatten(),
                org.bpfree.learn.Layers.dense(300),
                org.bpfree.learn.Layers.dense(200),
                org.bpfree.learn.Layers.dense(10));
        double expected = Math.sqrt(2.0 / 500); // Glorot's law for 300 inputs and 200 outputs
        for (String feedback : List.of("frsf", "usf", "brsf", "fa")) {
            Learner learner = Practice.learner(microcircuit("feedback: " + feedback), bench);
            learner.learn(bench.batch);
            double[] values = learner.feedback().get("dense2/weights").toDoubles();
            double rms = Vectors.norm(values) / Math.sqrt(values.length);
            assertThat(rms / expected).as(feedback).isCloseTo(1, within(0.02));
        }
    }

    @Test
    @DisplayName("shallow trains the output layer alone")
    void shallow() {
        Learner learner = Practice.learner(microcircuit("feedback: shallow"), SpikingBench.dense3());
        assertThat(learner.trained()).extracting(trained -> trained.name()).containsExactly("dense3/weights");
    }

    @Test
    @DisplayName("silent, has an error of 0.7795 an image, no spikes, and nothing but silent units")
    void silent() {
        Bench bench = SpikingBench.dense3();
        bench.batch.images().fill(0);
        Learner learner = Practice.learner(microcircuit("feedback: frsf"), bench);
        assertThat(learner.learn(bench.batch).meanLoss()).isCloseTo(0.7795, within(5e-5));
        Map<String, Double> figures = learner.measurements(bench.batch);
        assertThat(figures.get("activity/all/spikesPerImage")).isZero();
        assertThat(figures.get("activity/dense1/silentShare")).isEqualTo(1);
        assertThat(figures.get("activity/dense3/firingRate")).isZero();
    }

    @Test
    @DisplayName("measures what its raster shows: with the images of a batch one by one, spikes add up to the figures")
    void measurements() {
        Bench bench = SpikingBench.dense3(); // without dropout, learning and predicting spike alike
        Learner learner = Practice.learner(microcircuit("feedback: frsf"), bench);
        learner.learn(bench.batch);
        Map<String, Double> figures = learner.measurements(bench.batch);
        int images = bench.batch.size();
        int spikes = 0;
        boolean[] active = new boolean[9];
        for (int image = 0; image < images; image++) {
            SpikeTrain layer =
                    ((SpikeSource) learner).spikes(bench.batch, image).get(1);
            assertThat(layer.layer()).isEqualTo("dense2");
            for (boolean[] step : layer.spikes()) {
                for (int unit = 0; unit < 9; unit++) {
                    spikes += step[unit] ? 1 : 0;
                    active[unit] |= step[unit];
                }
            }
        }
        int silent = 0;
        for (boolean unit : active) {
            silent += unit ? 0 : 1;
        }
        assertThat(spikes).isPositive();
        assertThat(figures.get("activity/dense2/spikesPerImage")).isCloseTo((double) spikes / images, within(EXACT));
        assertThat(figures.get("activity/dense2/firingRate")).isCloseTo(spikes / (images * 5 * 9.0), within(EXACT));
        assertThat(figures.get("activity/dense2/silentShare")).isCloseTo(silent / 9.0, within(EXACT));
    }
}
