package org.bpfree.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's step-down correction: p values of several claims, raised so that the chance of even one false rejection stays at the level. */
public final class Holm {
    private Holm() {}

    /** The corrected p values in the order of those given; NaN, for what was not tested, stays so and counts for nothing. */
    public static List<Double> adjust(List<Double> pValues) {
        List<Integer> order = IntStream.range(0, pValues.size())
                .boxed()
                .filter(i -> !pValues.get(i).isNaN())
                .sorted(Comparator.comparing(pValues::get))
                .toList();
        double[] adjusted = new double[pValues.size()];
        Arrays.fill(adjusted, Double.NaN);
        double largest = 0;
        for (int rank = 0; rank < order.size(); rank++) {
            largest = Math.max(largest, (order.size() - rank) * pValues.get(order.get(rank)));
            adjusted[order.get(rank)] = Math.min(1, largest);
        }
        return Arrays.stream(adjusted).boxed().toList();
    }
}
