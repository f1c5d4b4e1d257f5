package org.bpfree.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void constantIsOne() {
        assertThat(new Schedule(new ScheduleSettings.Constant(), 10).factor(7.5))
                .isEqualTo(1);
    }

    @Test
    void stepFallsAtTheStartOfEachNamedEpoch() {
        Schedule schedule = new Schedule(new ScheduleSettings.Step(List.of(2, 4), 0.1), 10);
        assertThat(schedule.factor(1.99)).isEqualTo(1);
        assertThat(schedule.factor(2)).isCloseTo(0.1, within(1e-15));
        assertThat(schedule.factor(9)).isCloseTo(0.01, within(1e-15));
    }

    @Test
    void cosineRisesLinearlyThenFallsToTheMinimum() {
        Schedule schedule = new Schedule(new ScheduleSettings.Cosine(2, 0.1, 0), 10);
        assertThat(schedule.factor(0)).isZero();
        assertThat(schedule.factor(1)).isCloseTo(0.5, within(1e-15));
        assertThat(schedule.factor(2)).isCloseTo(1, within(1e-15));
        assertThat(schedule.factor(6)).isCloseTo(0.55, within(1e-15));
        assertThat(schedule.factor(10)).isCloseTo(0.1, within(1e-15));
    }

    @Test
    void warmUpMayBeginAboveZero() {
        Schedule schedule = new Schedule(new ScheduleSettings.Cosine(2, 0, 0.5), 10);
        assertThat(schedule.factor(0)).isCloseTo(0.5, within(1e-15));
        assertThat(schedule.factor(1)).isCloseTo(0.75, within(1e-15));
        assertThat(schedule.factor(2)).isCloseTo(1, within(1e-15));
    }
}
