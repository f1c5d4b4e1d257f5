package org.bpfree.measure.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.bpfree.learn.Promise.Finding;
import org.bpfree.learn.Vectors;

/**
 * An update that is a gradient against central differences of the loss: along the update {@code u} of a tensor, {@code (L(W + h d) - L(W - h d)) /
 * 2h} with {@code d = u / |u|} has to be {@code |u|}. An update of the right direction and another size fails, and so does one with anything
 * beside the gradient. Nothing is read of a backward pass, this program's or the oracle's.
 */
final class DirectionalDerivative {
    static final String NAME = "update is the slope of the loss, by finite differences";
    static final String BASIS = "kinks of rectifiers and pools within a step of 1e-5 of a tensor's norm";

    private static final double STEP = 1e-5;
    private static final double BOUND = 1e-2;

    /** Multiply-adds that single tensors may take before they are tried all together: some two seconds. */
    private static final double MOST_WORK = 2e9;

    private DirectionalDerivative() {}

    /**
     * Compares every update, or all together where single ones would take too long.
     *
     * @param sure the updates that are more than rounding, by name
     * @param work multiply-adds of one evaluation of the loss
     */
    static List<Finding> of(ToDoubleFunction<PublishedStep> loss, PublishedStep step, Set<String> sure, long work) {
        List<List<String>> groups = new ArrayList<>();
        List<String> names = step.updates().keySet().stream()
                .filter(step.parameters()::containsKey)
                .filter(sure::contains)
                .toList();
        if (2.0 * work * names.size() > MOST_WORK) {
            groups.add(names);
        } else {
            names.forEach(name -> groups.add(List.of(name)));
        }
        double first = loss.applyAsDouble(step);
        return groups.stream().map(group -> compare(loss, step, group, first)).toList();
    }

    private static Finding compare(
            ToDoubleFunction<PublishedStep> loss, PublishedStep step, List<String> names, double first) {
        String layer = names.size() == 1 ? names.get(0) : "all together";
        double slope = 0;
        double stepSize = Double.POSITIVE_INFINITY;
        for (String name : names) {
            slope += Vectors.norm(step.updates().get(name));
            double norm = Vectors.norm(step.parameters().get(name));
            stepSize = Math.min(stepSize, STEP * (norm == 0 ? 1 : norm));
        }
        double digits = 1e-14 * Math.abs(first) / (stepSize * slope);
        if (digits > BOUND) {
            return Finding.unchecked(layer, "its gradient is too small beside the loss for differences to show it");
        }
        double up = loss.applyAsDouble(moved(step, names, stepSize));
        double down = loss.applyAsDouble(moved(step, names, -stepSize));
        double measured = Math.abs((up - down) / (2 * stepSize) - slope) / slope;
        return new Finding(layer, measured, BOUND, true);
    }

    private static PublishedStep moved(PublishedStep step, List<String> names, double size) {
        Map<String, double[]> moved = new HashMap<>();
        for (String name : names) {
            double[] value = step.parameters().get(name).clone();
            double[] update = step.updates().get(name);
            double norm = Vectors.norm(update);
            Loops.addScaled(norm == 0 ? 0 : size / norm, update, 0, value, 0, value.length);
            moved.put(name, value);
        }
        return step.with(moved);
    }
}
