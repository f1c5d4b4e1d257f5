package org.bpfree.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfree.measure.CostCurves.Cost;
import org.bpfree.measure.CostCurves.Point;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Curves of cost")
class CostCurvesTest {
    private final List<String> told = new ArrayList<>();

    private static StepCost cost(double imagesPerSecond) {
        return new StepCost(new StepBenchmark.Result(3, 1, 1, imagesPerSecond, 0, 0, 0), 10, 40, Optional.empty());
    }

    private Map<String, List<Cost>> measure(List<Point> points, int rounds, Double... speeds) {
        Deque<Double> next = new ArrayDeque<>(List.of(speeds));
        CostCurves.Listener listener = new CostCurves.Listener() {
            @Override
            public void measured(Point point, StepCost cost) {
                told.add(point.learner() + point.value());
            }

            @Override
            public void known(Cost cost) {
                told.add("=" + cost.step().step().imagesPerSecond());
            }
        };
        return CostCurves.measure(points, rounds, point -> cost(next.pop()), listener);
    }

    @Test
    @DisplayName("measure all points in turn, count the fastest of each and tell it with the last")
    void fastest() {
        Point first = new Point("a", 1);
        Point second = new Point("a", 2);
        Point other = new Point("b", 1);
        Map<String, List<Cost>> curves =
                measure(List.of(first, second, other), 2, 100.0, 500.0, 1.0, 200.0, 250.0, 4.0);
        assertThat(told).containsExactly("a1.0", "a2.0", "b1.0", "a1.0", "=200.0", "a2.0", "=500.0", "b1.0", "=4.0");
        assertThat(curves).containsOnlyKeys("a", "b");
        assertThat(curves.get("a")).extracting(Cost::point).containsExactly(first, second);
        assertThat(curves.get("a")).extracting(Cost::imageMillis).containsExactly(5.0, 2.0);
        assertThat(curves.get("b")).extracting(Cost::imageMillis).containsExactly(250.0);
    }

    @Test
    @DisplayName("take one round as it is")
    void oneRound() {
        assertThat(measure(List.of(new Point("a", 1)), 1, 50.0).get("a"))
                .extracting(Cost::imageMillis)
                .containsExactly(20.0);
        assertThat(cost(50).percentOfPeak()).isEqualTo(25);
    }
}
