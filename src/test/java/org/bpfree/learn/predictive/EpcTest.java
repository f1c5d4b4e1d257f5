package org.bpfree.learn.predictive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.OracleNets.assertUpdates;
import static org.bpfree.learn.OracleNets.figures;

import java.util.Map;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.OracleNets;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.ActivationFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Error-based predictive coding")
class EpcTest {
    private static final String PLAIN = "errorRate: 0.1, rescale: false, ";

    private static Bench bench() {
        return OracleNets.dense543(ActivationFunction.TANH);
    }

    private static Learner learner(String settings, Bench bench) {
        return Practice.learner("{type: epc, " + settings + "}", bench);
    }

    private static Map<String, double[]> updates(String settings) {
        Bench bench = bench();
        return Bench.updates(learner(settings, bench), bench.batch);
    }

    private static Map<String, double[]> gradient() {
        Bench bench = bench();
        return Bench.updates(Practice.learner("{type: backprop}", bench), bench.batch);
    }

    private static Map<String, double[]> weights(double... figures) {
        return Map.of(
                "dense1/weights", figures(figures[0], figures[1]),
                "dense2/weights", figures(figures[2], figures[3]),
                "dense3/weights", figures(figures[4], figures[5]));
    }

    @Test
    @DisplayName("has the energies of five rounds")
    void energies() {
        double[] energies = {2.604596691687, 2.535367443174, 2.484427353459, 2.446812247100, 2.418947306067};
        for (int round = 1; round <= energies.length; round++) {
            Bench bench = bench();
            Learner learner = learner(PLAIN + "rounds: " + round, bench);
            learner.learn(bench.batch);
            Map<String, Double> measured = learner.measurements(bench.batch);
            assertThat(3 * measured.get("energy/first")).isCloseTo(2.699046189485, within(1e-9));
            assertThat(3 * measured.get("energy/last")).isCloseTo(energies[round - 1], within(1e-9));
        }
    }

    @Test
    @DisplayName("has the figures of one round, of five, and at rest")
    void figuresOfRounds() {
        assertUpdates(
                updates(PLAIN + "rounds: 1"),
                weights(
                        -0.0300419926799,
                        0.0870821132314,
                        -0.0466173593623,
                        0.0868940742565,
                        0.0505799458294,
                        1.15815945872));
        assertUpdates(
                updates(PLAIN + "rounds: 5"),
                weights(
                        -0.124338906517,
                        0.322680855366,
                        -0.16233620484,
                        0.33554228514,
                        -0.141523553363,
                        1.19797697955));
        assertUpdates(
                updates(PLAIN + "rounds: 400"),
                weights(
                        -0.296339260047,
                        0.601358971301,
                        -0.268211230609,
                        0.672422482637,
                        -0.32133217148,
                        1.27304909123));
        assertUpdates(
                updates(PLAIN + "rounds: 400, precision: [4]"),
                weights(
                        -0.303885894945,
                        0.773431761252,
                        -0.402029397686,
                        0.80178527203,
                        -0.0431968994981,
                        1.17517951786));
    }

    @Test
    @DisplayName("at rest has the updates of predictive coding at rest")
    void equilibrium() {
        Map<String, double[]> moved = updates(PLAIN + "rounds: 400");
        Bench bench = bench();
        Map<String, double[]> ofStates = Bench.updates(
                Practice.learner("{type: predictive-coding, rounds: 2000, inferenceRate: 0.1}", bench), bench.batch);
        moved.forEach((name, update) -> assertThat(Vectors.relativeDifference(update, ofStates.get(name)))
                .as(name)
                .isLessThan(1e-11));
    }

    @Test
    @DisplayName("of one round is backpropagation with inputs of the forward pass, on any network")
    void oneRound() {
        Map<String, double[]> once = updates("rounds: 1, errorRate: 0.3, weightUpdate: forward");
        gradient().forEach((name, gradient) -> assertThat(Vectors.relativeDifference(once.get(name), gradient))
                .as(name)
                .isLessThan(1e-14));
        Bench bench = OracleNets.convolutional();
        Map<String, double[]> settled = Bench.updates(learner("rounds: 1, errorRate: 0.3", bench), bench.batch);
        Map<String, double[]> gradient = Bench.updates(Practice.learner("{type: backprop}", bench), bench.batch);
        assertThat(Vectors.relativeDifference(settled.get("conv1/weights"), gradient.get("conv1/weights")))
                .isLessThan(1e-14);
        assertThat(Vectors.relativeDifference(settled.get("dense1/weights"), gradient.get("dense1/weights")))
                .isGreaterThan(1e-3);
    }

    @Test
    @DisplayName("of one round differs from backpropagation in proportion to the rate where inputs have moved")
    void firstOrder() {
        double[][] expected = {{.0361, .0968}, {.0181, .0492}, {.0091, .0248}};
        double[] rates = {0.1, 0.05, 0.025};
        for (int i = 0; i < rates.length; i++) {
            Map<String, double[]> once = updates("rounds: 1, errorRate: " + rates[i]);
            for (int layer = 2; layer <= 3; layer++) {
                String name = "dense" + layer + "/weights";
                assertThat(Vectors.relativeDifference(once.get(name), gradient().get(name)))
                        .isCloseTo(expected[i][layer - 2], within(5e-5));
            }
        }
    }
}
