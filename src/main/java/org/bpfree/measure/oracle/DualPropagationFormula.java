package org.bpfree.measure.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.dual.DualPropagationSettings;
import org.bpfree.learn.dual.DualPropagationSettings.Inputs;
import org.bpfree.learn.dual.DualPropagationSettings.Variant;
import org.bpfree.learn.dual.DualPropagationSettings.Visits;
import org.bpfree.measure.oracle.NaiveOp.Flow;

/**
 * Dual propagation (arXiv 2302.01228, 2402.08573) by its two states: a visit of a unit sets {@code s+ = phi(a + p r)} and {@code s- = phi(a -
 * q r)}, with {@code r} what the differences {@code d = s+ - s-} above send down; at the output {@code d = -beta dL/ds}, of the forward pass.
 * {@code dW = -d m' / beta}, with the means {@code m = alpha s+ + (1 - alpha) s-} of the units below.
 */
final class DualPropagationFormula implements LearnerFormula {
    private final DualPropagationSettings settings;
    private final Setting setting;
    private final List<Node> fromOutput;
    private final Set<Node> units = new HashSet<>();
    private final Set<Node> carriers = new HashSet<>();
    private final Map<Node, double[]> differences = new HashMap<>(); // at the input of a unit
    private final Map<Node, double[]> pulls = new HashMap<>(); // at the output of a node
    private NaivePass pass;
    private Map<String, double[]> updates;
    private double lossSum;

    private DualPropagationFormula(DualPropagationSettings settings, Setting setting) {
        this.settings = settings;
        this.setting = setting;
        fromOutput = new ArrayList<>(setting.graph().nodes());
        Collections.reverse(fromOutput);
        for (Node node : setting.graph().nodes()) {
            if (node.op() instanceof ActivationOp
                    && setting.graph().needsError(node)
                    && node != setting.graph().output()) {
                units.add(node);
            } else if (!weighs(node)
                    && node.inputs().stream().anyMatch(input -> units.contains(input) || carriers.contains(input))) {
                carriers.add(node);
            }
        }
    }

    private static boolean weighs(Node node) {
        return node.parameters().stream().anyMatch(Parameter::carriesErrors);
    }

    static LearnerFormula of(LearnerSettings settings, Setting setting) {
        return settings instanceof DualPropagationSettings dual ? new DualPropagationFormula(dual, setting) : null;
    }

    @Override
    public double[] scores(PublishedStep step) {
        return setting.forward(step, NaivePass.Kind.PREDICTION)
                .output(setting.graph().output());
    }

    @Override
    public double lossSum() {
        return lossSum;
    }

    @Override
    public Map<String, double[]> updates(PublishedStep step) {
        pass = new NaivePass(
                setting.graph(),
                step,
                step.batch(),
                settings.inputs() == Inputs.DYADS ? units : Set.of(),
                setting.arithmetic(),
                setting.noise(),
                NaivePass.Kind.UNPUBLISHED);
        pass.forward();
        double[] scores = pass.output(setting.graph().output());
        lossSum = NaiveLoss.sum(setting.loss(), scores, step.labels());
        double[] nudge =
                EkdaaFormula.scaled(NaiveLoss.derivative(setting.loss(), scores, step.labels()), -settings.beta());
        updates = new LinkedHashMap<>();
        differences.clear();
        if (settings.visits() == Visits.DOWN) {
            descend(nudge, true, node -> !weighs(node));
            pass.graph.nodes().stream().filter(carriers::contains).forEach(pass::forward);
            fromOutput.stream()
                    .filter(node -> weighs(node) && pulls.containsKey(node))
                    .forEach(node -> backward(node, new double[node.inputs().size()][], true));
        } else {
            for (int round = 0; round < settings.rounds(); round++) {
                descend(nudge, settings.visits() == Visits.DOWN_UP, node -> false);
                ascend();
            }
            descend(nudge, false, node -> true);
        }
        updates.replaceAll((name, update) -> EkdaaFormula.scaled(update, -1 / settings.beta()));
        updates.values().forEach(pass.arithmetic::round);
        return updates;
    }

    /** Differences from the output down, of units that are visited on the way or keep those of their last visit. */
    private void descend(double[] nudge, boolean visiting, Predicate<Node> learns) {
        pulls.clear();
        pulls.put(pass.graph.output(), nudge);
        for (Node node : fromOutput) {
            if (!pass.graph.needsError(node) || !pulls.containsKey(node)) {
                continue;
            }
            pass.arithmetic.round(pulls.get(node));
            double[][] below = node.inputs().stream()
                    .map(input -> pass.graph.needsError(input)
                            ? pulls.computeIfAbsent(input, absent -> new double[pass.output(absent).length])
                            : null)
                    .toArray(double[][]::new);
            if (!units.contains(node)) {
                backward(node, below, learns.test(node));
                continue;
            }
            if (visiting) {
                visit(node);
            }
            double[] difference = differences.getOrDefault(node, new double[pass.output(node).length]);
            Loops.addScaled(1, difference, 0, below[0], 0, difference.length);
        }
    }

    private void backward(Node node, double[][] below, boolean learns) {
        double[][] weights = node.parameters().stream().map(pass::parameter).toArray(double[][]::new);
        double[][] gradients = node.parameters().stream()
                .map(parameter -> learns && parameter.trainable()
                        ? updates.computeIfAbsent(parameter.key(), key -> new double[pass.parameter(parameter).length])
                        : null)
                .toArray(double[][]::new);
        pass.op(node).backward(pass.run(node), new Flow(weights, pulls.get(node), below, gradients));
    }

    private void ascend() {
        for (Node node : pass.graph.nodes()) {
            if (units.contains(node)) {
                visit(node);
            } else if (node != pass.graph.input()) {
                pass.forward(node);
            }
        }
    }

    private void visit(Node unit) {
        double alpha = settings.alpha();
        double p = settings.variant() == Variant.DP_T ? 1 - alpha : alpha;
        double[] plus = state(unit, p);
        double[] minus = state(unit, p - 1);
        double[] difference = new double[plus.length];
        boolean hasMean = pass.value(unit) != pass.output(unit);
        for (int i = 0; i < plus.length; i++) {
            difference[i] = plus[i] - minus[i];
            if (hasMean) {
                pass.value(unit)[i] = alpha * plus[i] + (1 - alpha) * minus[i];
            }
        }
        differences.put(unit, difference);
    }

    private double[] state(Node unit, double share) {
        NaiveActivation phi = new NaiveActivation(((ActivationOp) unit.op()).function());
        double[] a = pass.run(unit).inputs[0];
        double[] r = pulls.get(unit);
        double[] state = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            state[i] = phi.value(a[i] + share * r[i]);
        }
        pass.arithmetic.round(state);
        return state;
    }
}
