package org.bpfree.measure.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.equilibrium.EquilibriumSettings;
import org.bpfree.learn.equilibrium.EquilibriumSettings.Schedule;
import org.bpfree.learn.equilibrium.EquilibriumSettings.Variant;
import org.bpfree.measure.oracle.NaiveOp.Flow;
import org.bpfree.tensor.ActivationFunction;

/**
 * Equilibrium propagation (arXiv 1602.05179, 2006.03824), every state computed from all the others at each of its moves. States are the
 * activations, and under the squared error the output, with the activation of the state below it.
 */
final class EquilibriumFormula implements LearnerFormula {
    private final EquilibriumSettings settings;
    private final Setting setting;
    private final List<Node> nodes;
    private final Node output;
    private final boolean outputMoves;
    private final Set<Node> activations = new HashSet<>();
    private final Map<Node, Integer> levels = new LinkedHashMap<>(); // of states
    private final Map<Node, double[]> states = new HashMap<>();
    private NaivePass pass;
    private double[] nudge;
    private double lossSum;

    private EquilibriumFormula(EquilibriumSettings settings, Setting setting) {
        this.settings = settings;
        this.setting = setting;
        nodes = setting.graph().nodes();
        output = setting.graph().output();
        outputMoves = setting.loss().equals(LossFunction.SQUARED_ERROR);
        Map<Node, Integer> heights = new HashMap<>();
        for (Node node : nodes) {
            int below = node.inputs().stream().mapToInt(heights::get).max().orElse(0);
            boolean state = node.op() instanceof ActivationOp || node == output && outputMoves;
            heights.put(node, below + (state ? 1 : 0));
            if (state) {
                levels.put(node, below + 1);
            }
            if (node.op() instanceof ActivationOp) {
                activations.add(node);
            }
        }
    }

    static LearnerFormula of(LearnerSettings settings, Setting setting) {
        return settings instanceof EquilibriumSettings equilibrium
                ? new EquilibriumFormula(equilibrium, setting)
                : null;
    }

    @Override
    public double[] scores(PublishedStep step) {
        settleFreely(step, NaivePass.Kind.PREDICTION);
        return scores();
    }

    private double[] scores() {
        predict();
        return outputMoves ? states.get(output) : pass.output(output);
    }

    @Override
    public double lossSum() {
        return lossSum;
    }

    @Override
    public Map<String, double[]> updates(PublishedStep step) {
        settleFreely(step, NaivePass.Kind.UNPUBLISHED);
        lossSum = NaiveLoss.sum(setting.loss(), scores(), step.labels());
        Map<Node, double[]> rest = new HashMap<>();
        states.forEach((node, state) -> rest.put(node, state.clone()));
        Map<String, double[]> updates = new LinkedHashMap<>();
        double strength = settings.beta();
        if (settings.variant() == Variant.CENTRED) {
            addEnergy(nudged(step, -strength), 1 / (2 * strength), updates);
            rest.forEach((node, state) -> System.arraycopy(state, 0, states.get(node), 0, state.length));
            addEnergy(nudged(step, strength), -1 / (2 * strength), updates);
        } else {
            boolean away = settings.variant() == Variant.RANDOM_SIGN
                    && setting.noise().stream("equilibrium/sign").nextBoolean();
            strength = away ? -strength : strength;
            addEnergy(energy(), 1 / strength, updates);
            addEnergy(nudged(step, strength), -1 / strength, updates);
        }
        updates.values().forEach(pass.arithmetic::round);
        return updates;
    }

    private static void addEnergy(Map<String, double[]> energy, double factor, Map<String, double[]> updates) {
        energy.forEach((key, gradient) -> Loops.addScaled(
                factor,
                gradient,
                0,
                updates.computeIfAbsent(key, k -> new double[gradient.length]),
                0,
                gradient.length));
    }

    private void settleFreely(PublishedStep step, NaivePass.Kind kind) {
        pass = new NaivePass(
                setting.graph(), step, step.batch(), activations, setting.arithmetic(), setting.noise(), kind);
        pass.forward();
        nudge = new double[pass.output(output).length];
        for (Node state : levels.keySet()) {
            boolean own = state == output;
            states.put(state, own ? new double[nudge.length] : pass.value(state));
            Arrays.fill(states.get(state), 0);
        }
        settle(settings.freeSteps(), step, 0);
    }

    private Map<String, double[]> nudged(PublishedStep step, double strength) {
        settle(settings.nudgedSteps(), step, strength);
        pull(step, strength);
        return energy();
    }

    private void settle(int steps, PublishedStep step, double strength) {
        for (int i = 0; i < steps; i++) {
            if (settings.schedule() == Schedule.SYNCHRONOUS) {
                move(step, strength, -1);
            } else {
                move(step, strength, 0);
                move(step, strength, 1);
            }
        }
    }

    private void pull(PublishedStep step, double strength) {
        double[] error = NaiveLoss.derivative(setting.loss(), scores().clone(), step.labels());
        for (int i = 0; i < nudge.length; i++) {
            nudge[i] = strength == 0 ? 0 : -strength * error[i];
        }
    }

    /** Runs what lies between states on the states as they are. */
    private void predict() {
        nodes.stream()
                .filter(node -> node != setting.graph().input() && !activations.contains(node))
                .forEach(pass::forward);
    }

    /** What all nodes above send down to each node, from the states as they are; gradients where they are wanted. */
    private Map<Node, double[]> sent(Map<String, double[]> gradients) {
        Map<Node, double[]> sent = new HashMap<>();
        nodes.forEach(node -> sent.put(node, new double[pass.output(node).length]));
        List<Node> fromOutput = new ArrayList<>(nodes);
        Collections.reverse(fromOutput);
        Loops.addScaled(1, outputMoves ? states.get(output) : nudge, 0, sent.get(output), 0, nudge.length);
        for (Node node : fromOutput) {
            if (activations.contains(node)) {
                double[] state = states.get(node);
                Loops.addScaled(1, state, 0, sent.get(node.inputs().get(0)), 0, state.length);
            } else if (node != setting.graph().input()) {
                double[][] weights =
                        node.parameters().stream().map(pass::parameter).toArray(double[][]::new);
                double[][] wanted = node.parameters().stream()
                        .map(parameter -> gradient(parameter, gradients))
                        .toArray(double[][]::new);
                double[][] below = node.inputs().stream().map(sent::get).toArray(double[][]::new);
                pass.op(node).backward(pass.run(node), new Flow(weights, sent.get(node), below, wanted));
            }
        }
        return sent;
    }

    private double[] gradient(Parameter parameter, Map<String, double[]> gradients) {
        return gradients == null || !parameter.trainable()
                ? null
                : gradients.computeIfAbsent(parameter.key(), key -> new double[pass.parameter(parameter).length]);
    }

    /** {@code dPhi/dW} of each parameter, or for a read output the gradient of the nudge. */
    private Map<String, double[]> energy() {
        predict();
        Map<String, double[]> gradients = new LinkedHashMap<>();
        sent(gradients);
        return gradients;
    }

    /** Moves the states of even levels, of odd ones, or all of them, all from what the states were before. */
    private void move(PublishedStep step, double strength, int parity) {
        predict();
        pull(step, strength);
        Map<Node, double[]> sent = sent(null);
        Map<Node, double[]> next = new HashMap<>();
        levels.forEach((state, level) -> {
            if (parity < 0 || level % 2 == parity) {
                next.put(state, reached(state, sent));
            }
        });
        next.forEach((state, value) -> {
            pass.arithmetic.round(value);
            System.arraycopy(value, 0, states.get(state), 0, value.length);
        });
    }

    private double[] reached(Node state, Map<Node, double[]> sent) {
        double[] drive = pass.output(state == output ? output : state.inputs().get(0));
        double[] pull = state == output ? nudge : sent.get(state);
        NaiveActivation function = new NaiveActivation(function(state));
        double[] reached = new double[drive.length];
        for (int i = 0; i < reached.length; i++) {
            reached[i] = function.value(drive[i] + pull[i]);
        }
        return reached;
    }

    /** The function of an activation; that of the last one below the output for the output. */
    private static ActivationFunction function(Node state) {
        Node node = state;
        while (!(node.op() instanceof ActivationOp)) {
            node = node.inputs().stream()
                    .max(Comparator.comparingInt(Node::index))
                    .orElseThrow();
        }
        return ((ActivationOp) node.op()).function();
    }
}
