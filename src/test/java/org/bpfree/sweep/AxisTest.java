package org.bpfree.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.bpfree.binding.SettingsLoader;
import org.bpfree.experiment.InstalledTypes;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void aListIsTakenAsItStands() {
        assertThat(axis("[0.10, {type: ekdaa}]").texts()).containsExactly("0.10", "{type: ekdaa}");
        assertThat(axis("{values: [3, 1]}").texts()).containsExactly("3", "1");
    }

    @Test
    void aLogarithmicRangeHasEqualRatiosAndItsEndsAsTheyAreWritten() {
        assertThat(axis("{log: [1.0e-4, 1.0, 9]}").texts())
                .containsExactly("1.0e-4", "3.162e-4", "0.001", "0.003162", "0.01", "0.03162", "0.1", "0.3162", "1");
    }

    @Test
    void aLinearRangeHasEqualDistances() {
        assertThat(axis("{linear: [0, 1, 5]}").texts()).containsExactly("0", "0.25", "0.5", "0.75", "1");
        assertThat(axis("{linear: [10, 50, 3]}").texts()).containsExactly("10", "30", "50");
    }

    @Test
    void drawsFollowFromTheirSeedAndLieInTheRange() {
        List<String> draws = axis("{random: {log: [1.0e-3, 10], draws: 200}}").texts();
        assertThat(draws)
                .hasSize(200)
                .isEqualTo(axis("{random: {log: [1.0e-3, 10], draws: 200}}").texts());
        assertThat(draws)
                .isNotEqualTo(axis("{random: {log: [1.0e-3, 10], draws: 200, seed: 1}}")
                        .texts());
        assertThat(draws)
                .allSatisfy(text -> assertThat(Double.parseDouble(text)).isBetween(1e-3, 10.0));
        // Half of the logarithms lie below the middle of 1e-3 and 10, which is 0.1.
        assertThat(draws.stream().filter(text -> Double.parseDouble(text) < 0.1).count())
                .isBetween(75L, 125L);
        assertThat(axis("{random: {linear: [0, 1], draws: 200}}").texts().stream()
                        .filter(text -> Double.parseDouble(text) < 0.1)
                        .count())
                .isBetween(5L, 40L);
    }

    @Test
    void aRandomSearchDrawsFromTheWholeRangeOrFromTheList() {
        SplittableRandom source = new SplittableRandom(3);
        assertThat(Double.parseDouble(axis("{log: [1.0e-3, 10, 2]}").draw(source)))
                .isBetween(1e-3, 10.0)
                .isNotIn(1e-3, 10.0);
        assertThat(axis("[a, b]").draw(source)).isIn("a", "b");
    }

    private static Axis axis(String yaml) {
        String sweep = "name: trial\nbase: base.yaml\ngrid: {x: " + yaml + "}\n";
        return new SettingsLoader(InstalledTypes.find())
                .load(SweepSettings.class, "sweep.yaml", sweep, "a sweep")
                .settings()
                .grid()
                .get("x");
    }
}
