package org.bpfree.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theDeviationIsThatOfASample() {
        // Squares of the differences from 5: 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32; divided by 8 - 1.
        Statistics statistics = Statistics.of(List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0));

        assertThat(statistics.count()).isEqualTo(8);
        assertThat(statistics.mean()).isEqualTo(5.0);
        assertThat(statistics.deviation()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-15));
    }

    @Test
    void smallDifferencesOfLargeValuesAreKept() {
        Statistics statistics = Statistics.of(List.of(1e9 + 1, 1e9 + 2, 1e9 + 3));

        assertThat(statistics.deviation()).isCloseTo(1.0, within(1e-9));
    }

    @Test
    void oneValueHasNoDeviationAndNoValueNoMean() {
        assertThat(Statistics.of(List.of(0.5))).isEqualTo(new Statistics(1, 0.5, Double.NaN));
        assertThat(Statistics.of(List.of())).isEqualTo(new Statistics(0, Double.NaN, Double.NaN));
    }

    @Test
    void theTextShowsTheDeviationWhereThereIsOne() {
        assertThat(Statistics.of(List.of(0.5, 0.7)).text(100, "%.2f")).isEqualTo("60.00 ± 14.14");
        assertThat(Statistics.of(List.of(0.5)).text(1, "%.1f")).isEqualTo("0.5");
        assertThat(Statistics.of(List.of()).text(1, "%.1f")).isEqualTo("–");
    }
}
