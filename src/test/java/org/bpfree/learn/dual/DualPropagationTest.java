package org.bpfree.learn.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.OracleNets.assertFigures;
import static org.bpfree.learn.OracleNets.assertUpdates;
import static org.bpfree.learn.OracleNets.figures;

import java.util.List;
import java.util.Map;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.OracleNets;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.ActivationFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Dual propagation beside figures that were computed elsewhere, and beside backpropagation. */
@DisplayName("Dual propagation")
class DualPropagationTest {
    private static final List<String> LAYERS = List.of("dense1/weights", "dense2/weights", "dense3/weights");

    private static Map<String, double[]> updates(String settings, Bench bench) {
        return Bench.updates(Practice.learner("{type: dual-propagation, " + settings + "}", bench), bench.batch);
    }

    private static Map<String, double[]> ofDense(String settings, ActivationFunction function) {
        return updates(settings, OracleNets.dense543(function));
    }

    private static Map<String, double[]> gradient(Bench bench) {
        return Bench.updates(Practice.learner("{type: backprop}", bench), bench.batch);
    }

    private static double[] differences(Map<String, double[]> updates, Map<String, double[]> gradient) {
        return LAYERS.stream()
                .mapToDouble(layer -> Vectors.relativeDifference(updates.get(layer), gradient.get(layer)))
                .toArray();
    }

    private static double[] fromBackprop(String settings, ActivationFunction function) {
        return differences(ofDense(settings, function), gradient(OracleNets.dense543(function)));
    }

    @Test
    @DisplayName(
            "equals backpropagation for every alpha while no rectifier changes its side, and not where the mean moves")
    void rectifiers() {
        for (double alpha : new double[] {0, 0.5, 1}) {
            for (double difference : fromBackprop("alpha: " + alpha, ActivationFunction.RELU)) {
                assertThat(difference).isLessThan(4e-15);
            }
        }
        for (int alpha = 0; alpha <= 1; alpha++) {
            double[] large = fromBackprop("variant: dp, alpha: " + alpha, ActivationFunction.RELU);
            assertThat(large[0]).isLessThan(4e-15);
            assertThat(large[1]).isCloseTo(0.0361, within(6e-5));
            assertThat(large[2]).isCloseTo(0.104, within(6e-4));
            double[] small = fromBackprop("variant: dp, beta: 0.01, alpha: " + alpha, ActivationFunction.RELU);
            assertThat(small[1]).isCloseTo(0.00361, within(5e-6));
            assertThat(small[2]).isCloseTo(0.0104, within(6e-5));
        }
    }

    @Test
    @DisplayName("comes near backpropagation with beta squared for alpha 0.5, with beta for others, on smooth units")
    void smoothUnits() {
        assertThat(fromBackprop("beta: 0.1", ActivationFunction.TANH))
                .containsExactly(new double[] {6.8e-5, 1.2e-4, 1.7e-4}, within(6e-6));
        assertThat(fromBackprop("beta: 0.01", ActivationFunction.TANH))
                .containsExactly(new double[] {6.8e-7, 1.2e-6, 1.7e-6}, within(6e-8));
        assertThat(fromBackprop("alpha: 0, beta: 0.1", ActivationFunction.TANH))
                .containsExactly(new double[] {1.7e-2, 1.6e-2, 0}, within(6e-4));
        assertThat(fromBackprop("alpha: 0, beta: 0.01", ActivationFunction.TANH))
                .containsExactly(new double[] {1.7e-3, 1.6e-3, 0}, within(6e-5));
    }

    @Test
    @DisplayName("has the figures of one visit down")
    void down() {
        Map<String, double[]> crossing = ofDense("beta: 0.5, alpha: 0", ActivationFunction.RELU);
        assertFigures("dense1", crossing.get("dense1/weights"), 0.0809132468269, 0.687189705151);
        Map<String, double[]> gradient = gradient(OracleNets.dense543(ActivationFunction.RELU));
        assertThat(differences(crossing, gradient)[1]).isLessThan(1e-14);
        assertThat(differences(crossing, gradient)[2]).isLessThan(1e-14);
        assertThat(fromBackprop("beta: 0.5", ActivationFunction.RELU)[0]).isLessThan(1e-14);
        assertUpdates(
                ofDense("beta: 0.5", ActivationFunction.TANH),
                Map.of(
                        "dense1/weights", figures(-0.300266256324, 0.869692638678),
                        "dense2/weights", figures(-0.473353776087, 0.862951126061),
                        "dense3/weights", figures(0.134336996802, 1.1456388569)));
    }

    @Test
    @DisplayName("has the figures of sixteen visits up")
    void up() {
        Bench bench = OracleNets.dense543(ActivationFunction.TANH);
        Learner learner = Practice.learner("{type: dual-propagation, beta: 0.5, visits: up, rounds: 16}", bench);
        assertUpdates(
                Bench.updates(learner, bench.batch),
                Map.of(
                        "dense1/weights", figures(-0.300211922049, 0.869997587753),
                        "dense2/weights", figures(-0.473534671159, 0.863167511994),
                        "dense3/weights", figures(0.134558128685, 1.1448372595)));
        assertUpdates(
                ofDense("beta: 0.5, alpha: 0, visits: up, rounds: 16", ActivationFunction.TANH),
                Map.of(
                        "dense1/weights", figures(-0.311347176496, 0.820006291823),
                        "dense2/weights", figures(-0.46802702388, 0.83562560383),
                        "dense3/weights", figures(0.133298972709, 1.148414495)));
    }

    @Test
    @DisplayName("reaches the same states down and up as up alone, in fewer rounds")
    void downAndUp() {
        Map<String, double[]> settled = ofDense("beta: 0.5, visits: up, rounds: 60", ActivationFunction.TANH);
        Map<String, double[]> both = ofDense("beta: 0.5, visits: down-up, rounds: 60", ActivationFunction.TANH);
        assertThat(differences(both, settled)).containsExactly(new double[3], within(1e-13));
        double[] early =
                differences(ofDense("beta: 0.5, visits: down-up, rounds: 2", ActivationFunction.TANH), settled);
        double[] earlyUp = differences(ofDense("beta: 0.5, visits: up, rounds: 2", ActivationFunction.TANH), settled);
        assertThat(early[0]).isLessThan(0.1 * earlyUp[0]);
    }

    @Test
    @DisplayName("has the figures of a convolution")
    void convolution() {
        Bench bench = OracleNets.convolutional();
        Map<String, double[]> near = updates("beta: 0.1", bench);
        assertThat(Vectors.relativeDifference(
                        near.get("conv1/weights"), gradient(bench).get("conv1/weights")))
                .isLessThan(1e-14);
        assertFigures("conv1", updates("beta: 5", bench).get("conv1/weights"), -1.31580705085, 2.43584670384);
    }

    @Test
    @DisplayName("learns from the forward pass where it is told to: the output layer is then backpropagation's")
    void forwardInputs() {
        double[] forward = fromBackprop("beta: 0.5, inputs: forward", ActivationFunction.TANH);
        double[] means = fromBackprop("beta: 0.5", ActivationFunction.TANH);
        assertThat(forward[2]).isLessThan(1e-15);
        assertThat(means[2]).isGreaterThan(1e-3);
    }
}
