package org.bpfree.learn.pepita;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.OracleNets.assertUpdates;
import static org.bpfree.learn.OracleNets.figures;

import java.util.Arrays;
import java.util.Map;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.OracleNets;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** PEPITA beside figures that were computed elsewhere. */
@DisplayName("PEPITA")
class PepitaTest {
    private static Map<String, double[]> updates(Bench bench, String settings, double[] projection) {
        Learner learner = Practice.learner("{type: pepita" + settings + "}", bench);
        learner.state().get("feedback/images").write(projection);
        return Bench.updates(learner, bench.batch);
    }

    private static Map<String, double[]> ofDense(String settings, double scale) {
        return updates(OracleNets.dense543(ActivationFunction.RELU), settings, OracleNets.matrix(40, 4, 3, scale));
    }

    @Test
    @DisplayName("has the figures of three dense layers")
    void dense() {
        assertUpdates(
                ofDense("", 0.2),
                Map.of(
                        "dense1/weights", figures(0.472223341228, 0.29442361736),
                        "dense1/bias", figures(0.161296785579, 0.157537725495),
                        "dense2/weights", figures(-0.00264013379919, 0.147308282753),
                        "dense2/bias", figures(-0.0162525830459, 0.135381186651),
                        "dense3/weights", figures(-0.115803259825, 0.437712734488),
                        "dense3/bias", figures(-0.227839541125, 0.277970669916)));
    }

    @Test
    @DisplayName("has the figures of a convolution, its sum divided by the positions or their root")
    void convolution() {
        double[] projection = OracleNets.matrix(40, 32, 3, 0.2);
        assertUpdates(
                updates(OracleNets.convolutional(), "", projection),
                Map.of(
                        "conv1/weights", figures(0.00368899452271, 0.1123448805),
                        "dense1/weights", figures(-0.438471016435, 4.32273575974)));
        assertUpdates(
                updates(OracleNets.convolutional(), ", convolutionScale: sqrt", projection),
                Map.of("conv1/weights", figures(0.0590239123634 / 4, 1.797518088 / 4)));
    }

    @Test
    @DisplayName("stands at the angles to backpropagation that were computed elsewhere")
    void angles() {
        Map<String, double[]> updates = ofDense("", 0.2);
        Bench bench = OracleNets.dense543(ActivationFunction.RELU);
        Map<String, double[]> gradient = Bench.updates(Practice.learner("{type: backprop}", bench), bench.batch);
        double[] expected = {89.9, 99.8, 17.9};
        for (int l = 1; l <= 3; l++) {
            String key = "dense" + l + "/weights";
            assertThat(Vectors.angle(updates.get(key), gradient.get(key))).isCloseTo(expected[l - 1], within(0.05));
        }
    }

    @Test
    @DisplayName(
            "comes near backpropagation in the output layer as the projection shrinks, and equals it with the first error and none")
    void outputLayer() {
        Bench bench = OracleNets.dense543(ActivationFunction.RELU);
        double[] gradient = Bench.updates(Practice.learner("{type: backprop}", bench), bench.batch)
                .get("dense3/weights");
        double[] scales = {0.2, 0.1, 0.05, 0.001};
        double[] expected = {0.357, 0.178, 0.0886, 1.8e-3};
        for (int i = 0; i < scales.length; i++) {
            assertThat(Vectors.relativeDifference(ofDense("", scales[i]).get("dense3/weights"), gradient))
                    .isCloseTo(expected[i], within(0.005 * expected[i] + 5e-5));
        }
        Map<String, double[]> still = ofDense("", 0);
        assertThat(Vectors.relativeDifference(still.get("dense3/weights"), gradient))
                .isZero();
        assertThat(still.get("dense1/weights")).containsOnly(0);
        assertThat(ofDense(", outputError: first", 0.2).get("dense3/weights"))
                .isNotEqualTo(ofDense("", 0.2).get("dense3/weights"));
    }

    @Test
    @DisplayName("draws a projection within the root of six through the pixels, times the scale, and keeps it")
    void projection() {
        Bench bench = OracleNets.convolutional();
        Tensor projection = Practice.learner("{type: pepita}", bench).state().get("feedback/images");
        double bound = 0.05 * Math.sqrt(6.0 / 32);
        assertThat(projection.toDoubles()).hasSize(96);
        assertThat(Arrays.stream(projection.toDoubles())).allMatch(each -> Math.abs(each) <= bound);
        assertThat(Vectors.norm(projection.toDoubles()))
                .isCloseTo(bound * Math.sqrt(96 / 3.0), within(0.15 * bound * Math.sqrt(32)));
    }
}
