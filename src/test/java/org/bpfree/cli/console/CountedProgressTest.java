package org.bpfree.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CountedProgressTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void countsAndExtrapolatesTheTimeOfWhatWasDoneHere() {
        AtomicLong clock = new AtomicLong(7 * SECOND);
        CountedProgress progress = new CountedProgress(45, 15, clock::get);

        clock.addAndGet(10 * SECOND);
        assertThat(progress.ended("fa 0.5")).isEqualTo("16 of 45, 4:50 left, last: fa 0.5"); // 29 tasks of 10 s
        clock.addAndGet(4 * SECOND);
        assertThat(progress.ended("ekdaa 0.812")).isEqualTo("17 of 45, 3:16 left, last: ekdaa 0.812"); // 28 of 7 s
    }

    @Test
    void theLastOneLeavesNothing() {
        assertThat(new CountedProgress(1, 0, () -> 0).ended("diverged")).isEqualTo("1 of 1, last: diverged");
    }

    @Test
    void aShareOfNothingIsADash() {
        assertThat(Percent.of(Double.NaN)).isEqualTo("-");
        assertThat(Percent.of(0.8125)).isEqualTo("81.25 %");
    }
}
