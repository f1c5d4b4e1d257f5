package org.bpfree.learn.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.OracleNets.assertUpdates;
import static org.bpfree.learn.OracleNets.figures;
import static org.bpfree.learn.OracleNets.matrix;
import static org.bpfree.learn.OracleNets.trained;

import java.util.Map;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.OracleNets;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Trained;
import org.bpfree.learn.Vectors;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.tensor.ActivationFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Direct Kolen-Pollack learning")
class DkpTest {
    private static final String OUTPUT = "feedback/dense3/weights";

    @Test
    @DisplayName("has the figures of one step on dense layers")
    void figuresOfAStep() {
        Bench bench = OracleNets.dense543(ActivationFunction.RELU);
        Learner learner = Practice.learner("{type: dkp}", bench);
        trained(learner, "feedback/dense2/weights").write(matrix(50, 3, 5, 0.5));
        trained(learner, OUTPUT).write(matrix(51, 3, 4, 0.5));
        assertUpdates(
                Bench.updates(learner, bench.batch),
                Map.of(
                        "dense1/weights",
                        figures(.374023446734, .98404479073),
                        "dense2/weights",
                        figures(.376760415359, .645381273388),
                        "dense3/weights",
                        figures(-0.218835287412, .473592520141),
                        "feedback/dense2/weights",
                        figures(-0.0775467025275, 1.11409113314),
                        OUTPUT,
                        figures(-0.218835287412, .473592520141)));
    }

    @Test
    @DisplayName(
            "brings the output layer and its projection together by 1 - rate decay a step, with one optimizer for both")
    void approaches() {
        Bench bench = OracleNets.dense543(ActivationFunction.RELU);
        Practice practice = new Practice("{type: dkp, feedbackOptimizer: null}", bench, 0.1, 0, 0.2);
        double before = distance(practice.learner);
        for (int i = 0; i < 5; i++) {
            practice.step();
        }
        assertThat(distance(practice.learner) / before).isCloseTo(Math.pow(1 - 0.1 * 0.2, 5), within(1e-12));
    }

    private static double distance(Learner learner) {
        return Vectors.distance(
                trained(learner, OUTPUT).toDoubles(),
                trained(learner, "dense3/weights").toDoubles());
    }

    @Test
    @DisplayName("gives its projections, and no weights, to an optimizer of their own")
    void ownOptimizer() {
        Bench bench = OracleNets.dense543(ActivationFunction.RELU);
        Learner learner = Practice.learner("{type: dkp, feedbackOptimizer: {type: sgd, learningRate: 0.5}}", bench);
        for (Trained each : learner.trained()) {
            assertThat(each.optimizer().map(OptimizerSettings::learningRate).orElse(0.0))
                    .as(each.name())
                    .isEqualTo(each.own() ? 0.5 : 0);
        }
    }
}
