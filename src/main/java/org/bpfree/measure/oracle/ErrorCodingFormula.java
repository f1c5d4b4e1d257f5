package org.bpfree.measure.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.graph.Node;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.predictive.EpcSettings;
import org.bpfree.measure.oracle.NaiveOp.Flow;

/**
 * Error-based predictive coding (arXiv 2505.20137): states {@code s = mu + e} from the errors in one pass, {@code v <- m v + (pi e + delta) / pi}, {@code
 * e <- e - lambda v} with {@code delta} the derivative of the loss by the states; parameters learn from {@code -pi e} of the state above them.
 */
final class ErrorCodingFormula implements LearnerFormula {
    private final EpcSettings settings;
    private final Setting setting;
    private final List<Node> states = new ArrayList<>();
    private final Map<Node, double[]> errors = new HashMap<>();
    private NaivePass pass;
    private double lossSum;

    private ErrorCodingFormula(EpcSettings settings, Setting setting) {
        this.settings = settings;
        this.setting = setting;
        states.addAll(setting.states(settings.states()));
    }

    static LearnerFormula of(LearnerSettings settings, Setting setting) {
        return settings instanceof EpcSettings epc ? new ErrorCodingFormula(epc, setting) : null;
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

    private double precision(Node state) {
        List<Double> given = settings.precision();
        return given.isEmpty() ? 1 : given.get(given.size() == 1 ? 0 : states.indexOf(state));
    }

    @Override
    public Map<String, double[]> updates(PublishedStep step) {
        pass = new NaivePass(
                setting.graph(),
                step,
                step.batch(),
                Set.copyOf(states),
                setting.arithmetic(),
                setting.noise(),
                NaivePass.Kind.UNPUBLISHED);
        pass.forward();
        lossSum = NaiveLoss.sum(setting.loss(), pass.output(setting.graph().output()), step.labels());
        Map<Node, double[]> velocities = new HashMap<>();
        for (Node state : states) {
            errors.put(state, new double[pass.output(state).length]);
            velocities.put(state, new double[pass.output(state).length]);
        }
        for (int round = 0; round < settings.rounds(); round++) {
            Map<Node, double[]> deltas = new HashMap<>();
            descend(step, deltas, Map.of(), null);
            for (Node state : states) {
                move(errors.get(state), velocities.get(state), deltas.get(state), precision(state));
            }
            ascend(true);
        }
        if (settings.weightUpdate() == EpcSettings.WeightUpdate.FORWARD) {
            ascend(false);
        }
        Map<Node, double[]> given = new HashMap<>();
        double factor = settings.rescale() ? 1 / (settings.errorRate() * settings.rounds()) : 1;
        states.forEach(state -> given.put(state, EkdaaFormula.scaled(errors.get(state), -factor * precision(state))));
        Map<String, double[]> updates = new LinkedHashMap<>();
        descend(step, new HashMap<>(), given, updates);
        updates.values().forEach(pass.arithmetic::round);
        return updates;
    }

    private void move(double[] e, double[] velocity, double[] delta, double precision) {
        for (int i = 0; i < e.length; i++) {
            velocity[i] = settings.errorMomentum() * velocity[i] + e[i] + delta[i] / precision;
            e[i] -= settings.errorRate() * velocity[i];
        }
    }

    /** States from their errors, or those of the forward pass. */
    private void ascend(boolean moved) {
        for (Node node : pass.graph.nodes()) {
            if (node != pass.graph.input()) {
                pass.forward(node);
            }
            if (errors.containsKey(node)) {
                for (int i = 0; i < pass.value(node).length; i++) {
                    pass.value(node)[i] = pass.output(node)[i] + (moved ? errors.get(node)[i] : 0);
                }
                pass.arithmetic.round(pass.value(node));
            }
        }
    }

    /**
     * The chain rule at the present states.
     *
     * @param deltas written: the derivative of the loss by each node
     * @param given what is taken for it at states in its place
     * @param updates added to, or null
     */
    private void descend(
            PublishedStep step, Map<Node, double[]> deltas, Map<Node, double[]> given, Map<String, double[]> updates) {
        List<Node> nodes = pass.graph.nodes();
        Node output = pass.graph.output();
        deltas.put(output, NaiveLoss.derivative(setting.loss(), pass.output(output), step.labels()));
        deltas.putAll(given);
        for (int i = nodes.size() - 1; i > 0; i--) {
            Node node = nodes.get(i);
            if (!pass.graph.needsError(node) || !deltas.containsKey(node)) {
                continue;
            }
            pass.arithmetic.round(deltas.get(node));
            double[][] below = node.inputs().stream()
                    .map(input -> pass.graph.needsError(input) && !given.containsKey(input)
                            ? deltas.computeIfAbsent(input, absent -> new double[pass.output(absent).length])
                            : null)
                    .toArray(double[][]::new);
            double[][] weights = node.parameters().stream().map(pass::parameter).toArray(double[][]::new);
            double[][] gradients = node.parameters().stream()
                    .map(parameter -> updates != null && parameter.trainable()
                            ? updates.computeIfAbsent(
                                    parameter.key(), key -> new double[pass.parameter(parameter).length])
                            : null)
                    .toArray(double[][]::new);
            pass.op(node).backward(pass.run(node), new Flow(weights, deltas.get(node), below, gradients));
        }
    }
}
