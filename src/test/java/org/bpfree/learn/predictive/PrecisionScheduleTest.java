package org.bpfree.learn.predictive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.IntStream;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Bench;
import org.bpfree.learn.OracleNets;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.ActivationFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A schedule of precisions")
class PrecisionScheduleTest {
    private static double[] weights(PrecisionSchedule schedule, int level) {
        return IntStream.range(0, 4)
                .mapToDouble(round -> schedule.weight(level, round, 4))
                .toArray();
    }

    @Test
    @DisplayName("is one in the round in which an error arrives, and small before and after")
    void weightsOfRounds() {
        assertThat(weights(PrecisionSchedule.CONSTANT, 2)).containsExactly(1, 1, 1, 1);
        assertThat(weights(PrecisionSchedule.SPIKING, 0)).containsExactly(1, 0.001, 0.001, 0.001);
        assertThat(weights(PrecisionSchedule.SPIKING, 2)).containsExactly(0.001, 0.001, 1, 0.001);
        // For level 1 of four rounds: three terms, 1 + 0.367879441 + 0.135335283.
        assertThat(weights(PrecisionSchedule.DECAYING, 1))
                .containsExactly(
                        new double[] {0, 1, 0.015032147 * 0.367879441, 0.015032147 * 0.135335283}, within(1e-10));
    }

    private static Map<String, double[]> updates(String settings) {
        Bench bench = OracleNets.dense543(ActivationFunction.TANH);
        return Bench.updates(Practice.learner("{type: predictive-coding, " + settings + "}", bench), bench.batch);
    }

    @Test
    @DisplayName("brings the error of the output down one state a round at full size")
    void reachesTheLowestLayer() {
        Map<String, double[]> spiking = updates("rounds: 2, inferenceRate: 1, precision: spiking");
        Map<String, double[]> constant = updates("rounds: 2, inferenceRate: 0.001");
        Bench bench = OracleNets.dense543(ActivationFunction.TANH);
        double[] gradient = Bench.updates(Practice.learner("{type: backprop}", bench), bench.batch)
                .get("dense1/weights");
        assertThat(Vectors.norm(spiking.get("dense1/weights")) / Vectors.norm(gradient))
                .isBetween(0.5, 2.0);
        assertThat(Vectors.norm(constant.get("dense1/weights")) / Vectors.norm(gradient))
                .isLessThan(1e-5);
    }

    @Test
    @DisplayName("is refused where the output is not held at its target, or predictions stand still")
    void refusals() {
        Bench bench = OracleNets.dense543(ActivationFunction.TANH);
        for (String other : new String[] {"beta: 0.5", "predictions: fixed", "learning: forward"}) {
            assertThat(Practice.findings(
                                    "{type: predictive-coding, precision: decaying, " + other + "}",
                                    bench.graph,
                                    LossFunction.CROSS_ENTROPY)
                            .misfits())
                    .as(other)
                    .anySatisfy(misfit -> assertThat(misfit.setting()).isEqualTo("precision"));
        }
        assertThat(Practice.findings(
                                "{type: predictive-coding, precision: decaying}",
                                bench.graph,
                                LossFunction.CROSS_ENTROPY)
                        .misfits())
                .isEmpty();
    }
}
