package org.bpfree.measure.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.graph.Node;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.predictive.InferenceSettings;
import org.bpfree.learn.predictive.PrecisionSchedule;
import org.bpfree.learn.predictive.PredictiveCodingSettings;
import org.bpfree.measure.oracle.NaiveOp.Flow;
import org.bpfree.random.RandomStream;

/**
 * Predictive coding by replaying its rounds: states start at the forward pass; in a round every prediction {@code mu} is computed anew from the
 * states below, {@code e = (mu - x) / sigma^2} at states and the loss's derivative at the output, what the errors above pull is {@code D}, and
 * states move by {@code v <- m v + (D - e)}, {@code x <- x - gamma v}. Parameters learn from the errors of the last round
 * (predictive-coding) or of every round, from the same snapshot (incremental-pc). Nothing is left out because it must be zero.
 */
final class InferenceFormula implements LearnerFormula {
    /** A displacement of 2^-16 of a state's size is shown at least, so that some 2^-8 of a change is rounding: 2^14 units of the precision. */
    private static final double MAGNIFIED = 0x1p14;

    private final InferenceSettings settings;
    private final Setting setting;
    private final List<Node> states = new ArrayList<>();
    private final Map<Node, double[]> velocities = new HashMap<>();
    private final Map<Node, double[]> first = new HashMap<>();
    private final Map<Node, double[]> x = new HashMap<>();
    private NaivePass pass;
    private double lossSum;
    private int present; // round; below zero while parameters learn

    private InferenceFormula(InferenceSettings settings, Setting setting) {
        this.settings = settings;
        this.setting = setting;
        states.addAll(setting.states(settings.states()));
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
        if (settings instanceof PredictiveCodingSettings coding) {
            return inferThenLearn(coding, step);
        }
        predict(step.update() > 0);
        Round round = new Round(errors(), slope(step));
        move(round);
        return round.updates;
    }

    private Map<String, double[]> inferThenLearn(PredictiveCodingSettings coding, PublishedStep step) {
        boolean fixed = coding.predictions() == PredictiveCodingSettings.Predictions.FIXED;
        double beta = beta(coding);
        double[] atFirst = slope(step);
        Round last = null;
        for (int round = 0; round < coding.rounds(); round++) {
            present = round;
            predict(round > 0);
            last = new Round(errors(), held(step, atFirst, beta));
            move(last);
            states.forEach(node -> show(node, fixed ? first.get(node) : x.get(node)));
        }
        present = -1;
        Map<String, double[]> updates =
                switch (coding.learning()) {
                    case SETTLED -> {
                        predict(true);
                        yield new Round(errors(), held(step, atFirst, beta)).updates;
                    }
                    case APART -> {
                        predict(true);
                        yield new Round(last.stateErrors, last.outputError).updates;
                    }
                    case FORWARD -> {
                        states.forEach(node -> show(node, first.get(node)));
                        predict(true);
                        yield new Round(last.stateErrors, last.outputError).updates;
                    }
                };
        updates.replaceAll((name, update) -> EkdaaFormula.scaled(update, 1 / beta));
        return updates;
    }

    /** How far towards the target the output is held in the first epoch; below zero away from it. */
    private double beta(PredictiveCodingSettings coding) {
        double size = Math.min(1, coding.beta());
        return switch (coding.nudging()) {
            case POSITIVE -> size;
            case NEGATIVE -> size == 1 ? 1 : -size;
            case CENTRED -> RandomStream.of(setting.seed(), "nudging/0").nextBoolean() ? size : -size;
        };
    }

    private void start(PublishedStep step) {
        boolean coding = settings instanceof PredictiveCodingSettings;
        pass = new NaivePass(
                setting.graph(),
                step,
                step.batch(),
                Set.copyOf(states),
                setting.arithmetic(),
                setting.noise(),
                coding ? NaivePass.Kind.INFERENCE : NaivePass.Kind.UNPUBLISHED);
        pass.forward();
        lossSum = NaiveLoss.sum(setting.loss(), pass.output(setting.graph().output()), step.labels());
        velocities.clear();
        for (Node node : states) {
            first.put(node, pass.output(node).clone());
            x.put(node, pass.output(node).clone());
        }
    }

    private void predict(boolean needed) {
        for (Node node : setting.graph().nodes()) {
            if (needed && node != setting.graph().input()) {
                pass.forward(node);
            }
        }
    }

    private void show(Node node, double[] state) {
        System.arraycopy(state, 0, pass.value(node), 0, state.length);
    }

    /** {@code 1 / sigma^2} times the weight of the present round, of a state or of the output behind them all. */
    private double precision(int state) {
        if (!(settings instanceof PredictiveCodingSettings coding)) {
            return 1;
        }
        double constant =
                coding.variances().isEmpty() ? 1 : 1 / coding.variances().get(state);
        int since = present - (states.size() - state); // rounds since an error could first be here
        if (present < 0 || coding.precision() == PrecisionSchedule.CONSTANT) {
            return constant;
        }
        if (since == 0) {
            return constant;
        }
        if (coding.precision() == PrecisionSchedule.SPIKING) {
            return 0.001 * constant;
        }
        int remaining = coding.rounds() - (states.size() - state);
        double sum = (1 - Math.exp(-remaining)) / (1 - Math.exp(-1));
        return since < 0 ? 0 : constant * Math.exp(-since) * sum / 100;
    }

    /** The derivative of the loss by the present scores. */
    private double[] slope(PublishedStep step) {
        return NaiveLoss.derivative(setting.loss(), pass.output(setting.graph().output()), step.labels());
    }

    /** The error of an output that is held at a share of the way to its target. */
    private double[] held(PublishedStep step, double[] atFirst, double beta) {
        double[] error = slope(step);
        for (int i = 0; i < error.length; i++) {
            error[i] = precision(states.size()) * (error[i] - (1 - beta) * atFirst[i]);
        }
        return error;
    }

    /**
     * {@code e = (mu - x) / sigma^2} of every state. In a learner's precision what is lost is a last digit of the prediction, or, where it
     * shows small displacements magnified, of the prediction's change.
     */
    private Map<Node, double[]> errors() {
        boolean magnified = settings instanceof PredictiveCodingSettings && pass.arithmetic.isSingle();
        Map<Node, double[]> errors = new HashMap<>();
        for (int state = 0; state < states.size(); state++) {
            Node node = states.get(state);
            double[] mu = pass.output(node);
            double[] error = new double[mu.length];
            double change = 0;
            for (int i = 0; i < mu.length; i++) {
                change = Math.max(change, Math.abs(mu[i] - first.get(node)[i]));
            }
            double size = Arithmetic.largest(mu);
            double lost = change == 0 ? 0 : magnified ? Math.min(size, MAGNIFIED * change) : size;
            for (int i = 0; i < mu.length; i++) {
                error[i] = precision(state) * pass.arithmetic.round(mu[i] - x.get(node)[i], lost);
            }
            errors.put(node, error);
        }
        return errors;
    }

    private void move(Round round) {
        for (Node node : states) {
            double[] velocity = velocities.computeIfAbsent(node, n -> new double[x.get(n).length]);
            double[] state = x.get(node);
            for (int i = 0; i < state.length; i++) {
                velocity[i] = settings.inferenceMomentum() * velocity[i]
                        + round.pulls.get(node)[i]
                        - round.stateErrors.get(node)[i];
                state[i] -= settings.inferenceRate() * velocity[i];
            }
            show(node, state);
        }
    }

    /** What the errors of a round pull, and the updates that they give, from the present values of the nodes. */
    private final class Round {
        private final Map<Node, double[]> stateErrors;
        private final double[] outputError;
        private final Map<Node, double[]> pulls = new HashMap<>();
        private final Map<String, double[]> updates = new LinkedHashMap<>();

        Round(Map<Node, double[]> stateErrors, double[] outputError) {
            this.stateErrors = stateErrors;
            this.outputError = outputError;
            List<Node> nodes = setting.graph().nodes();
            for (int i = nodes.size() - 1; i > 0; i--) {
                Node node = nodes.get(i);
                if (setting.graph().needsError(node)) {
                    double[] error = node == setting.graph().output()
                            ? outputError
                            : stateErrors.getOrDefault(node, pulls.get(node));
                    pass.arithmetic.round(error);
                    pass.op(node).backward(pass.run(node), flow(node, error));
                }
            }
            updates.values().forEach(pass.arithmetic::round);
        }

        private Flow flow(Node node, double[] error) {
            double[][] weights = node.parameters().stream().map(pass::parameter).toArray(double[][]::new);
            double[][] below = node.inputs().stream()
                    .map(input -> setting.graph().needsError(input)
                            ? pulls.computeIfAbsent(input, n -> new double[pass.output(n).length])
                            : null)
                    .toArray(double[][]::new);
            double[][] gradients = node.parameters().stream()
                    .map(parameter -> parameter.trainable()
                            ? updates.computeIfAbsent(
                                    parameter.key(), key -> new double[pass.parameter(parameter).length])
                            : null)
                    .toArray(double[][]::new);
            return new Flow(weights, error, below, gradients);
        }
    }
}
