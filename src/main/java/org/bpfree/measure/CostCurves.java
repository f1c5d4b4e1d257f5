package org.bpfree.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a training step costs over the values of one setting, one curve a learner. All points are measured some times in turn, since a
 * machine's speed changes from minute to minute, and the fastest measurement of each counts.
 */
public final class CostCurves {
    private CostCurves() {}

    /**
     * What is measured.
     *
     * @param learner whose curve it is on
     * @param value of the setting that is varied
     */
    public record Point(String learner, double value) {}

    /**
     * What a point costs.
     *
     * @param step the fastest of its measurements
     */
    public record Cost(Point point, StepCost step) {
        /** Milliseconds an image. */
        public double imageMillis() {
            return 1000 / step.step().imagesPerSecond();
        }
    }

    /** Is told of measurements as they are taken. */
    public interface Listener {
        /** A measurement of a point, not necessarily its fastest. */
        void measured(Point point, StepCost cost);

        /** All measurements of a point are taken. */
        void known(Cost cost);
    }

    /**
     * Takes all measurements.
     *
     * @param points in their order on the curves
     * @param rounds measurements of each, at least 1
     * @return the costs by learner, in the order of the points
     */
    public static Map<String, List<Cost>> measure(
            List<Point> points, int rounds, Function<Point, StepCost> measure, Listener listener) {
        Map<Point, StepCost> fastest = new HashMap<>();
        Map<String, List<Cost>> curves = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Point point : points) {
                StepCost measured = measure.apply(point);
                listener.measured(point, measured);
                StepCost best = fastest.merge(point, measured, CostCurves::faster);
                if (round == rounds) {
                    Cost cost = new Cost(point, best);
                    curves.computeIfAbsent(point.learner(), learner -> new ArrayList<>())
                            .add(cost);
                    listener.known(cost);
                }
            }
        }
        return curves;
    }

    private static StepCost faster(StepCost a, StepCost b) {
        return a.step().imagesPerSecond() < b.step().imagesPerSecond() ? b : a;
    }
}
