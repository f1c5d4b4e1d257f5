package org.bpfree.learn.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.OracleNets.assertUpdates;
import static org.bpfree.learn.OracleNets.figures;
import static org.bpfree.learn.OracleNets.matrix;
import static org.bpfree.learn.OracleNets.trained;

import java.util.Arrays;
import java.util.Map;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.OracleNets;
import org.bpfree.learn.Practice;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.ChannelDeviation;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.RectangleMean;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Learning in blocks")
class LocalLossTest {
    private static final int[] WIDTHS = {4, 5, 4, 3};

    private static Learner onDense(String settings, Bench bench, double scale) {
        Learner learner = Practice.learner(settings, bench);
        for (int l = 1; l <= 2; l++) {
            int block = l;
            double[] classifier = matrix(30 * l, 3, WIDTHS[l], scale);
            double[] similarity = matrix(60 * l, WIDTHS[l], WIDTHS[l], scale);
            learner.trained().stream()
                    .filter(each -> each.name().equals("head/relu" + block + "/weights"))
                    .forEach(each -> each.value().write(classifier));
            learner.trained().stream()
                    .filter(each -> each.name().equals("head/relu" + block + "/similarity"))
                    .forEach(each -> each.value().write(similarity));
        }
        return learner;
    }

    private static void assertLosses(Learner learner, Bench bench, double first, double second) {
        Map<String, Double> losses = learner.measurements(bench.batch);
        assertThat(3 * losses.get("head/relu1/loss")).isCloseTo(first, within(1e-9));
        assertThat(3 * losses.get("head/relu2/loss")).isCloseTo(second, within(1e-9));
    }

    private static void assertPrediction(Map<String, double[]> updates) {
        assertUpdates(
                updates,
                Map.of(
                        "head/relu1/weights", figures(-.120847782927, 1.2582358718),
                        "dense1/weights", figures(1.15765710185, 2.12234961217),
                        "dense1/bias", figures(1.2273632323, .881183650342),
                        "head/relu2/weights", figures(-.214489973819, .43592106318),
                        "dense2/weights", figures(-.462696047755, .413119867796),
                        "dense2/bias", figures(-.342312979073, .287576276551),
                        "dense3/weights", figures(-0.218835287412, 0.473592520141)));
    }

    @Test
    @DisplayName("by classifiers has the figures of mono-forward and of local-loss without similarity")
    void classifiers() {
        for (String settings : new String[] {"{type: mono-forward}", "{type: local-loss, loss: pred}"}) {
            Bench bench = OracleNets.dense543(ActivationFunction.RELU);
            Learner learner = onDense(settings, bench, 0.5);
            assertPrediction(Bench.updates(learner, bench.batch));
            assertLosses(learner, bench, 3.829533410493, 3.119874681448);
        }
    }

    @Test
    @DisplayName("by a projection of pooled maps has the figures of mono-forward")
    void projectionOfMaps() {
        Bench bench = OracleNets.convolutional();
        Learner learner = Practice.learner("{type: mono-forward}", bench);
        trained(learner, "head/max-pool1/weights").write(matrix(30, 3, 12, 0.5));
        assertUpdates(
                Bench.updates(learner, bench.batch),
                Map.of(
                        "head/max-pool1/weights", figures(.675339329844, 5.23813246377),
                        "conv1/weights", figures(2.89186134238, 4.77722459983)));
        assertThat(2 * learner.measurements(bench.batch).get("head/max-pool1/loss"))
                .isCloseTo(2.967459992969, within(1e-9));
    }

    @Test
    @DisplayName("by similarity has its figures")
    void similarity() {
        Bench bench = OracleNets.dense543(ActivationFunction.RELU);
        Learner learner = onDense("{type: local-loss, loss: sim}", bench, 0.5);
        assertUpdates(
                Bench.updates(learner, bench.batch),
                Map.of(
                        "head/relu1/similarity", figures(-5.46202381668, 6.22951672817),
                        "dense1/weights", figures(-0.117912458705, 1.60841246663),
                        "head/relu2/similarity", figures(4.81338560342, 5.83395384506),
                        "dense2/weights", figures(-5.39668007776, 5.70934177577)));
        assertLosses(learner, bench, 1.385786259073, 2.885311765394);
    }

    @Test
    @DisplayName("by both has their figures")
    void both() {
        Bench bench = OracleNets.dense543(ActivationFunction.RELU);
        assertUpdates(
                Bench.updates(onDense("{type: local-loss}", bench, 0.5), bench.batch),
                Map.of(
                        "dense1/weights", figures(-0.105156763099, 1.60036628886),
                        "dense2/weights", figures(-5.34734023746, 5.65363808325),
                        "head/relu1/weights", figures(-0.00120847782927, 0.012582358718),
                        "head/relu2/weights", figures(-0.00214489973819, 0.0043592106318)));
    }

    @Test
    @DisplayName("does not depend on the weights above a block, while backpropagation does")
    void nothingComesDown() {
        for (String settings : new String[] {"{type: mono-forward}", "{type: local-loss}", "{type: backprop}"}) {
            Bench bench = OracleNets.dense543(ActivationFunction.RELU);
            Learner learner = onDense(settings, bench, 0.5);
            double[] before = Bench.updates(learner, bench.batch).get("dense1/weights");
            trained(learner, "dense2/weights").write(matrix(7, 4, 5, 0.3));
            double[] after = Bench.updates(learner, bench.batch).get("dense1/weights");
            if (settings.contains("backprop")) {
                assertThat(after).isNotEqualTo(before);
            } else {
                assertThat(after).isEqualTo(before);
            }
        }
    }

    @Test
    @DisplayName("predicts by the sum of all scores where it is asked to")
    void sumOfScores() {
        Bench bench = OracleNets.dense543(ActivationFunction.RELU);
        double[] last =
                onDense("{type: mono-forward}", bench, 0.5).predict(bench.batch).toDoubles();
        Learner learner = onDense("{type: mono-forward, prediction: sum}", bench, 0.5);
        double[] sum = learner.predict(bench.batch).toDoubles();
        learner.learn(bench.batch);
        for (int l = 1; l <= 2; l++) {
            double[] s = learner.activations(bench.batch).get("relu" + l).toDoubles();
            double[] m = matrix(30 * l, 3, WIDTHS[l], 0.5);
            for (int i = 0; i < 9; i++) {
                for (int j = 0; j < WIDTHS[l]; j++) {
                    last[i] += s[i / 3 * WIDTHS[l] + j] * m[i % 3 * WIDTHS[l] + j];
                }
            }
        }
        assertThat(sum).containsExactly(last, within(1e-12));
    }

    @Test
    @DisplayName("reduces maps to their deviations over positions")
    void deviations() {
        Bench bench = OracleNets.convolutional();
        Learner learner = Practice.learner("{type: backprop}", bench);
        learner.learn(bench.batch);
        Tensor deviations = Tensor.zeros(Precision.FLOAT64, Shape.of(2, 3));
        ChannelDeviation.forward(learner.activations(bench.batch).get("relu1"), deviations)
                .run();
        assertThat(Arrays.copyOf(deviations.toDoubles(), 3))
                .containsExactly(new double[] {.611358729144, .720774082803, 1.008703939414}, within(1e-9));
    }

    @Test
    @DisplayName("averages maps over the smallest rectangles that leave few enough numbers")
    void rectangles() {
        assertThat(ClassifierHead.means(Shape.of(8, 8, 16), 1024)).isEmpty();
        assertThat(ClassifierHead.means(Shape.of(8, 8, 16), 1023)).contains(new RectangleMean(2, 1));
        assertThat(ClassifierHead.means(Shape.of(8, 8, 16), 511)).contains(new RectangleMean(2, 2));
        assertThat(ClassifierHead.means(Shape.of(7, 5, 3), 12)).contains(new RectangleMean(4, 4));
        assertThat(ClassifierHead.means(Shape.of(2, 2, 16), 4)).contains(new RectangleMean(2, 2));
    }
}
