package org.bpfree.measure.oracle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.predictive.BlockStates;
import org.bpfree.learn.predictive.IncrementalPcSettings;
import org.bpfree.learn.predictive.InferenceSettings;
import org.bpfree.learn.predictive.PredictiveCodingSettings;
import org.bpfree.measure.oracle.NaiveOp.Flow;

/**
 * Predictive coding by replaying its rounds: states start at the forward pass; in a round every prediction {@code mu} is computed anew from the
 * states below, {@code e = mu - x} at states and the loss's derivative at the output, what the errors above pull is {@code D}, and states
 * move by {@code v <- m v + (D - e)}, {@code x <- x - gamma v}. Parameters learn from the errors of the last round (predictive-coding) or of
 * every round, from the same snapshot (incremental-pc). Nothing is left out because it must be zero.
 */
final class InferenceFormula implements LearnerFormula {
    /** A displacement of 2^-16 of a state's size is shown at least, so that some 2^-8 of a change is rounding: 2^14 units of the precision. */
    private static final double MAGNIFIED = 0x1p14;

    private final InferenceSettings settings;
    private final Setting setting;
    private final Set<Node> states = new HashSet<>();
    private final Map<Node, double[]> velocities = new HashMap<>();
    private final Map<Node, double[]> first = new HashMap<>();
    private NaivePass pass;
    private double lossSum;

    private InferenceFormula(InferenceSettings settings, Setting setting) {
        this.settings = settings;
        this.setting = setting;
        for (Node node : setting.graph().nodes()) {
            boolean read = settings.states() == BlockStates.NODES
                    || setting.graph().consumers(node).stream()
                            .anyMatch(reader -> reader.parameters().stream().anyMatch(Parameter::carriesErrors));
            if (read && node != setting.graph().output() && setting.graph().needsError(node)) {
                states.add(node);
            }
        }
    }

    static LearnerFormula of(LearnerSettings settings, Setting setting) {
        return settings instanceof InferenceSettings inference ? new InferenceFormula(inference, setting) : null;
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
        if (step.update() == 0) {
            start(step);
        } else {
            pass = pass.at(step);
        }
        double[] scores = pass.output(setting.graph().output());
        if (settings instanceof IncrementalPcSettings) {
            predict(step.update() > 0);
            double[] error = NaiveLoss.derivative(setting.loss(), scores, step.labels());
            return round(error, true);
        }
        PredictiveCodingSettings coding = (PredictiveCodingSettings) settings;
        double[] held = EkdaaFormula.scaled(scores, 1);
        double[] first = NaiveLoss.derivative(setting.loss(), scores, step.labels());
        double beta = coding.beta();
        for (int i = 0; i < held.length; i++) {
            held[i] -= beta * first[i];
        }
        Map<String, double[]> updates = Map.of();
        for (int round = 0; round <= coding.rounds(); round++) {
            predict(round > 0);
            double[] error = NaiveLoss.derivative(setting.loss(), scores, step.labels());
            for (int i = 0; beta != 1 && i < error.length; i++) {
                error[i] = scores[i] - held[i];
            }
            updates = round(error, round < coding.rounds());
        }
        updates.replaceAll((name, update) -> EkdaaFormula.scaled(update, 1 / beta));
        return updates;
    }

    private void start(PublishedStep step) {
        pass = new NaivePass(
                setting.graph(),
                step,
                step.batch(),
                states,
                setting.arithmetic(),
                setting.noise(),
                NaivePass.Kind.INFERENCE);
        pass.forward();
        lossSum = NaiveLoss.sum(setting.loss(), pass.output(setting.graph().output()), step.labels());
        velocities.clear();
        states.forEach(node -> first.put(node, pass.output(node).clone()));
    }

    private void predict(boolean needed) {
        for (Node node : setting.graph().nodes()) {
            if (needed && node != setting.graph().input()) {
                pass.forward(node);
            }
        }
    }

    /** One round: the updates that its errors give; then the states move, if they do. */
    private Map<String, double[]> round(double[] outputError, boolean move) {
        Map<Node, double[]> pulls = new HashMap<>();
        Map<Node, double[]> errors = new HashMap<>();
        Map<String, double[]> updates = new LinkedHashMap<>();
        errors.put(setting.graph().output(), outputError);
        List<Node> nodes = setting.graph().nodes();
        for (int i = nodes.size() - 1; i > 0; i--) {
            Node node = nodes.get(i);
            if (setting.graph().needsError(node)) {
                double[] error = states.contains(node) ? error(node) : errors.getOrDefault(node, pulls.get(node));
                pass.arithmetic.round(error);
                errors.put(node, error);
                pass.op(node).backward(pass.run(node), flow(node, error, pulls, updates));
            }
        }
        updates.values().forEach(pass.arithmetic::round);
        for (Node node : move ? states : Set.<Node>of()) {
            double[] velocity = velocities.computeIfAbsent(node, n -> new double[pass.value(n).length]);
            double[] x = pass.value(node);
            for (int i = 0; i < x.length; i++) {
                velocity[i] = settings.inferenceMomentum() * velocity[i] + pulls.get(node)[i] - errors.get(node)[i];
                x[i] -= settings.inferenceRate() * velocity[i];
            }
        }
        return updates;
    }

    private Flow flow(Node node, double[] error, Map<Node, double[]> pulls, Map<String, double[]> updates) {
        double[][] weights = node.parameters().stream().map(pass::parameter).toArray(double[][]::new);
        double[][] below = node.inputs().stream()
                .map(input -> setting.graph().needsError(input)
                        ? pulls.computeIfAbsent(input, n -> new double[pass.output(n).length])
                        : null)
                .toArray(double[][]::new);
        double[][] gradients = node.parameters().stream()
                .map(parameter -> parameter.trainable()
                        ? updates.computeIfAbsent(parameter.key(), key -> new double[pass.parameter(parameter).length])
                        : null)
                .toArray(double[][]::new);
        return new Flow(weights, error, below, gradients);
    }

    /**
     * {@code e = mu - x}. In a learner's precision what is lost is a last digit of the prediction, or, where it shows small displacements
     * magnified, of the prediction's change.
     */
    private double[] error(Node node) {
        double[] mu = pass.output(node);
        double[] error = new double[mu.length];
        double change = 0;
        for (int i = 0; i < mu.length; i++) {
            error[i] = mu[i] - pass.value(node)[i];
            change = Math.max(change, Math.abs(mu[i] - first.get(node)[i]));
        }
        boolean magnified = settings instanceof PredictiveCodingSettings;
        double lost = magnified ? Math.min(Arithmetic.largest(mu), MAGNIFIED * change) : Arithmetic.largest(mu);
        for (int i = 0; i < error.length && change > 0; i++) {
            error[i] = pass.arithmetic.round(error[i], lost);
        }
        return error;
    }
}
