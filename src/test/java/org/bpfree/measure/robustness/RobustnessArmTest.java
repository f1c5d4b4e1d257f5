package org.bpfree.measure.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bpfree.measure.robustness.Robustness.Line;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Accuracy under disturbances")
class RobustnessArmTest {
    private static List<Line> lines(double clean, double attacked) {
        return List.of(
                new Line("clean", "none", 0, clean, 1),
                new Line("fgsm", "own", 0.1, attacked, 2),
                new Line("contrast", "none", 1, attacked, 2));
    }

    @Test
    @DisplayName("of one run has the binomial standard error over the images")
    void oneRun() {
        RobustnessArm arm = RobustnessArm.of("fa", "fa", List.of(lines(0.8, 0.5)), 400);

        // sqrt(0.8 * 0.2 / 400) and sqrt(0.5 * 0.5 / 400)
        assertThat(arm.rows().get(0).error()).isCloseTo(0.02, within(1e-12));
        assertThat(arm.rows().get(1).error()).isCloseTo(0.025, within(1e-12));
        assertThat(arm.errorInWords()).isEqualTo("binomial standard error");
    }

    @Test
    @DisplayName("of several seeds has their mean and standard deviation")
    void seeds() {
        RobustnessArm arm = RobustnessArm.of("fa", "fa", List.of(lines(0.7, 0.2), lines(0.8, 0.3), lines(0.9, 0.4)), 9);

        assertThat(arm.rows().get(0).accuracy()).isCloseTo(0.8, within(1e-12));
        assertThat(arm.rows().get(0).error()).isCloseTo(0.1, within(1e-12));
        assertThat(arm.errorInWords()).isEqualTo("deviation over 3 seeds");
    }

    @Test
    @DisplayName("leaves out what one of the seeds lacks")
    void missing() {
        List<Line> fewer = List.of(new Line("clean", "none", 0, 0.5, 1));

        assertThat(RobustnessArm.of("fa", "fa", List.of(lines(0.7, 0.2), fewer), 9)
                        .rows())
                .hasSize(1);
    }
}
