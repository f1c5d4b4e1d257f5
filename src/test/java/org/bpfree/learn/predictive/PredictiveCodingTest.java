package org.bpfree.learn.predictive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.tanh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Trained;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Losses;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Predictive coding, plain and incremental")
class PredictiveCodingTest {
    private static final int CLASSES = 4;

    private static Bench bench(LossFunction loss) {
        return Bench.of(
                Precision.FLOAT64,
                loss,
                Shape.of(3, 3, 1),
                CLASSES,
                6,
                flatten(),
                dense(7),
                tanh(),
                dense(6),
                tanh(),
                dense(5),
                tanh(),
                dense(CLASSES));
    }

    private static NaiveInference naive(Bench bench, double rate, double momentum, LossFunction loss) {
        List<double[][]> weights = new ArrayList<>();
        for (Parameter parameter : bench.graph.parameters()) {
            double[] flat = bench.parameters.get(parameter).toDoubles();
            int in = parameter.spec().shape().extent(1);
            double[][] matrix = new double[flat.length / in][in];
            for (int i = 0; i < flat.length; i++) {
                matrix[i / in][i % in] = flat[i];
            }
            weights.add(matrix);
        }
        return new NaiveInference(
                weights.toArray(double[][][]::new), loss == LossFunction.CROSS_ENTROPY, rate, momentum);
    }

    private static List<NaiveInference.Sample> samples(NaiveInference naive, Bench bench) {
        double[] pixels = bench.batch.images().toDoubles();
        List<NaiveInference.Sample> samples = new ArrayList<>();
        for (int n = 0; n < bench.batch.size(); n++) {
            double[] image = java.util.Arrays.copyOfRange(pixels, 9 * n, 9 * n + 9);
            samples.add(naive.new Sample(image, bench.batch.labels()[n]));
        }
        return samples;
    }

    private static void assertUpdates(List<Trained> trained, double[][][] expected, double factor) {
        for (int l = 0; l < expected.length; l++) {
            double[] update = trained.get(l).update().toDoubles();
            int in = expected[l][0].length;
            for (int i = 0; i < update.length; i++) {
                assertThat(update[i])
                        .as(trained.get(l).name())
                        .isCloseTo(factor * expected[l][i / in][i % in], within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,0.1,0,cross-entropy", "8,0.1,0,squared-error", "8,0.3,0.4,cross-entropy", "12,0.05,0.9,squared-error"
    })
    @DisplayName("the update after T rounds is that of the formulas, written out")
    void equalsTheFormulas(int rounds, double rate, double momentum, String lossName) {
        LossFunction loss = Losses.named(lossName);
        Bench bench = bench(loss);
        Learner learner = Practice.learner(
                "{type: predictive-coding, rounds: %d, inferenceRate: %s, inferenceMomentum: %s}"
                        .formatted(rounds, rate, momentum),
                bench);
        learner.learn(bench.batch);
        NaiveInference naive = naive(bench, rate, momentum, loss);
        for (NaiveInference.Sample sample : samples(naive, bench)) {
            for (int t = 0; t < rounds; t++) {
                sample.round(false, true);
            }
            sample.round(true, false);
        }
        assertUpdates(learner.trained(), naive.updates, 1);
    }

    @ParameterizedTest
    @CsvSource({"positive,0.3,0.3", "negative,0.2,-0.2", "negative,1,1"})
    @DisplayName("nudging holds the output beside its prediction and divides the update by beta")
    void nudging(String nudging, double beta, double signed) {
        Bench bench = bench(LossFunction.SQUARED_ERROR);
        Learner learner = Practice.learner(
                "{type: predictive-coding, rounds: 5, inferenceRate: 0.2, nudging: %s, beta: %s}"
                        .formatted(nudging, beta),
                bench);
        learner.learn(bench.batch);
        NaiveInference naive = naive(bench, 0.2, 0, LossFunction.SQUARED_ERROR);
        for (NaiveInference.Sample sample : samples(naive, bench)) {
            sample.nudged(signed);
            for (int t = 0; t < 5; t++) {
                sample.round(false, true);
            }
            sample.round(true, false);
        }
        assertUpdates(learner.trained(), naive.updates, 1 / signed);
    }

    @Test
    @DisplayName("centred nudging takes both sides in turn of a draw, and beta grows to 1 with the epochs")
    void centredNudging() {
        Bench bench = bench(LossFunction.SQUARED_ERROR);
        Learner centred =
                Practice.learner("{type: predictive-coding, nudging: centred, beta: 0.5, inferenceRate: 0.3}", bench);
        List<double[]> epochs = new ArrayList<>();
        for (int epoch = 0; epoch < 12; epoch++) {
            centred.startEpoch(epoch);
            epochs.add(Bench.updates(centred, bench.batch).get("dense4/weights"));
        }
        assertThat(epochs.stream().map(java.util.Arrays::hashCode).distinct()).hasSize(2);
        Learner growing = Practice.learner(
                "{type: predictive-coding, nudging: negative, beta: 0.5, betaPerEpoch: 0.1, inferenceRate: 0.3}",
                bench);
        Learner plain = Practice.learner("{type: predictive-coding, inferenceRate: 0.3}", bench);
        growing.startEpoch(9);
        Map<String, double[]> late = Bench.updates(growing, bench.batch);
        Bench.updates(plain, bench.batch)
                .forEach((name, update) -> assertThat(Vectors.relativeDifference(late.get(name), update))
                        .isLessThan(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"cross-entropy,0.5,0", "squared-error,0.3,0.25"})
    @DisplayName("incremental predictive coding moves states and weights in every round, as the formulas written out")
    void incremental(String lossName, double rate, double momentum) {
        LossFunction loss = Losses.named(lossName);
        Bench bench = bench(loss);
        int rounds = 6;
        double weightRate = 0.1;
        Learner learner = Practice.learner(
                "{type: incremental-pc, rounds: %d, inferenceRate: %s, inferenceMomentum: %s}"
                        .formatted(rounds, rate, momentum),
                bench);
        NaiveInference naive = naive(bench, rate, momentum, loss);
        List<NaiveInference.Sample> samples = samples(naive, bench);
        assertThat(learner.updatesPerBatch()).isEqualTo(rounds);
        for (int t = 0; t < rounds; t++) {
            if (t == 0) {
                learner.learn(bench.batch);
            } else {
                learner.learnMore(bench.batch, t);
            }
            samples.forEach(sample -> sample.round(true, true));
            assertUpdates(learner.trained(), naive.updates, 1);
            for (int l = 0; l < naive.weights.length; l++) {
                double[] value = learner.trained().get(l).value().toDoubles();
                int in = naive.weights[l][0].length;
                for (int i = 0; i < value.length; i++) {
                    value[i] -= weightRate * naive.updates[l][i / in][i % in];
                    naive.weights[l][i / in][i % in] -= weightRate * naive.updates[l][i / in][i % in];
                    naive.updates[l][i / in][i % in] = 0;
                }
                learner.trained().get(l).value().write(value);
            }
        }
    }

    /** The perceptron of z-il.md, section 10. */
    private static Bench perceptron() {
        return Bench.of(
                Precision.FLOAT64,
                LossFunction.SQUARED_ERROR,
                Shape.of(4, 5, 1),
                10,
                16,
                flatten(),
                dense(32),
                tanh(),
                dense(32),
                tanh(),
                dense(32),
                tanh(),
                dense(10));
    }

    @Test
    @DisplayName(
            "with a small rate the update has backprop's direction and gamma^l C(T, l) of its size (z-il.md, section 8)")
    void smallRate() {
        Bench bench = perceptron();
        double gamma = 0.0147;
        Map<String, double[]> gradients = Bench.updates(Practice.learner("{type: backprop}", bench), bench.batch);
        Map<String, double[]> updates = Bench.updates(
                Practice.learner("{type: predictive-coding, rounds: 8, inferenceRate: 0.0147, states: nodes}", bench),
                bench.batch);
        Levels levels = Levels.of(bench.graph);
        double[] binomial = {1, 8, 28, 56, 70, 56, 28, 8, 1};
        int checked = 0;
        for (Node node : bench.graph.nodes()) {
            if (node.trainable()) {
                String key = node.name() + "/weights";
                int level = levels.level(node);
                double ratio = Vectors.norm(updates.get(key)) / Vectors.norm(gradients.get(key));
                assertThat(Math.cos(Math.toRadians(Vectors.angle(updates.get(key), gradients.get(key)))))
                        .as(key)
                        .isGreaterThanOrEqualTo(0.98); // 0.995 on the document's draw of weights and inputs
                assertThat(ratio)
                        .as(key)
                        .isBetween(
                                0.7 * Math.pow(gamma, level) * binomial[level],
                                1.1 * Math.pow(gamma, level) * binomial[level]);
                checked++;
            }
        }
        assertThat(checked).isEqualTo(4);
    }

    @Test
    @DisplayName("negative controls: neither a large rate nor the equilibrium is backpropagation")
    void farFromBackprop() {
        Bench bench = perceptron();
        Map<String, double[]> gradients = Bench.updates(Practice.learner("{type: backprop}", bench), bench.batch);
        for (String setting : List.of("rounds: 8, inferenceRate: 0.744", "rounds: 400, inferenceRate: 0.1")) {
            Map<String, double[]> updates = Bench.updates(
                    Practice.learner("{type: predictive-coding, states: nodes, " + setting + "}", bench), bench.batch);
            double furthest = gradients.keySet().stream()
                    .mapToDouble(key -> Vectors.angle(updates.get(key), gradients.get(key)))
                    .max()
                    .orElseThrow();
            assertThat(furthest).as(setting).isGreaterThan(20);
        }
    }

    @Test
    @DisplayName("layers that no error reaches within the rounds get no update")
    void tooFewRounds() {
        Bench bench = bench(LossFunction.CROSS_ENTROPY);
        Map<String, double[]> updates = Bench.updates(
                Practice.learner("{type: predictive-coding, rounds: 2, inferenceRate: 0.1}", bench), bench.batch);
        assertThat(updates.get("dense1/weights")).containsOnly(0);
        assertThat(Vectors.norm(updates.get("dense2/weights"))).isPositive();
    }
}
