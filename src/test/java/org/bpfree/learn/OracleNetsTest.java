package org.bpfree.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.OracleNets.assertFigures;
import static org.bpfree.learn.OracleNets.assertUpdates;
import static org.bpfree.learn.OracleNets.figures;

import java.util.Map;
import org.bpfree.tensor.ActivationFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The networks of {@link OracleNets} are set up as those who computed figures for them did. */
@DisplayName("Backpropagation on the networks with figures")
class OracleNetsTest {
    private static Map<String, double[]> check(Bench bench, double loss, double sum, double norm) {
        Learner learner = Practice.learner("{type: backprop}", bench);
        assertThat(bench.loss(learner)).isCloseTo(loss, within(1e-9));
        assertFigures("scores", learner.predict(bench.batch).toDoubles(), sum, norm);
        return Bench.updates(learner, bench.batch);
    }

    @Test
    @DisplayName("has the figures of dense layers with tanh")
    void tanh() {
        Map<String, double[]> updates =
                check(OracleNets.dense543(ActivationFunction.TANH), 2.699046189485, 0.375031693477, 0.825110519509);
        assertUpdates(
                updates,
                Map.of(
                        "dense1/weights", figures(-0.300419926799, 0.870821132314),
                        "dense2/weights", figures(-0.474479253169, 0.864777197172),
                        "dense3/weights", figures(0.133298972709, 1.148414495)));
    }

    @Test
    @DisplayName("has the figures of dense layers with rectifiers")
    void relu() {
        Map<String, double[]> updates =
                check(OracleNets.dense543(ActivationFunction.RELU), 3.032282926838, -0.285751285159, 0.850029102807);
        assertUpdates(
                updates,
                Map.of(
                        "dense1/weights", figures(0.0556650009506, 0.697978956773),
                        "dense2/weights", figures(-0.473938360998, 0.49075796103),
                        "dense3/weights", figures(-0.218835287412, 0.473592520141)));
    }

    @Test
    @DisplayName("has the figures of the convolutional network")
    void convolutional() {
        Map<String, double[]> updates =
                check(OracleNets.convolutional(), 2.022685507411, 0.0755856014934, 1.17198091406);
        assertUpdates(
                updates,
                Map.of(
                        "conv1/weights", figures(-1.31817041666, 2.55173432491),
                        "conv1/bias", figures(0.626117359471, 0.996705929616),
                        "dense1/weights", figures(-0.602111161576, 4.3092824153)));
        assertThatThrownBy(() -> assertFigures("another", updates.get("conv1/weights"), -1.31817042666, 2.55173432491))
                .isInstanceOf(AssertionError.class);
    }
}
