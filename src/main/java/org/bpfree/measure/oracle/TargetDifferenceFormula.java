package org.bpfree.measure.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.dtp.DtpSettings;
import org.bpfree.measure.oracle.NaiveOp.Flow;

/**
 * Difference target propagation (arXiv 1412.7525, 2201.13415): updates of inverses, stage by stage, then of the network by {@code t(L) = s(L) - beta
 * e}, {@code t(l-1) = s(l-1) + G(t(l)) - G(s(l))}. The weights {@code B} of an inverse {@code G(y) = B h(y) + c} have the layout of {@code W}.
 */
final class TargetDifferenceFormula implements LearnerFormula {
    private final DtpSettings settings;
    private final Setting setting;
    private final List<List<Node>> stages = new ArrayList<>(); // that have an inverse: a layer and what follows it
    private final List<Integer> lessons = new ArrayList<>(); // the stage of each update of a batch but the last
    private NaivePass pass;
    private PublishedStep step;
    private double lossSum;

    private TargetDifferenceFormula(DtpSettings settings, Setting setting) {
        this.settings = settings;
        this.setting = setting;
        boolean inverted = false;
        for (Node node : setting.graph().nodes()) {
            if (!node.parameters().isEmpty()) {
                inverted = setting.graph().needsError(node.inputs().get(0));
                if (inverted) {
                    stages.add(new ArrayList<>());
                }
            }
            if (inverted) {
                stages.get(stages.size() - 1).add(node);
            }
        }
        for (int i = 0; i < stages.size() && learned(); i++) {
            int updates = number(settings.feedbackUpdates(), i);
            for (int k = 0; k < updates; k++) {
                lessons.add(i);
            }
        }
    }

    static LearnerFormula of(LearnerSettings settings, Setting setting) {
        return settings instanceof DtpSettings dtp ? new TargetDifferenceFormula(dtp, setting) : null;
    }

    private static <T> T number(List<T> numbers, int stage) {
        return numbers.size() == 1 ? numbers.get(0) : numbers.get(stage);
    }

    private boolean learned() {
        return settings.feedback() == DtpSettings.Feedback.LEARNED;
    }

    private boolean mirrored() {
        return settings.inverse() == DtpSettings.InverseForm.MIRROR;
    }

    @Override
    public double[] scores(PublishedStep published) {
        return setting.forward(published, NaivePass.Kind.PREDICTION)
                .output(setting.graph().output());
    }

    @Override
    public double lossSum() {
        return lossSum;
    }

    @Override
    public Map<String, double[]> updates(PublishedStep published) {
        step = published;
        pass = setting.forward(step, NaivePass.Kind.PUBLISHED);
        double[] scores = pass.output(setting.graph().output());
        lossSum = NaiveLoss.sum(setting.loss(), scores, step.labels());
        if (step.update() < lessons.size()) {
            int stage = lessons.get(step.update());
            Map<String, double[]> updates = new LinkedHashMap<>();
            teach(stages.get(stage), number(settings.noise(), stage), updates);
            updates.values().forEach(pass.arithmetic::round);
            return updates;
        }
        double[] error = NaiveLoss.derivative(setting.loss(), scores, step.labels());
        return NaiveSweep.updates(pass, EkdaaFormula.scaled(error, settings.beta()), new Targets());
    }

    private double[] weights(Node layer) {
        String key = layer.parameters().get(0).key();
        return learned() ? step.own().get("feedback/" + key) : step.parameters().get(key);
    }

    private void teach(List<Node> stage, double deviation, Map<String, double[]> updates) {
        Node layer = stage.get(0);
        RandomGenerator random = setting.noise().stream("dtp/" + layer.name() + "/" + step.update());
        double[] s = pass.output(layer.inputs().get(0));
        double[] epsilon = gaussian(random, deviation, s.length);
        double[] x = sum(s, epsilon, 1);
        Map<Node, NodeRun> noisy = new HashMap<>();
        double[] y = x;
        for (Node node : stage) {
            NodeRun run = run(node, y);
            NaiveOp.of(node.op()).orElseThrow().forward(run);
            pass.arithmetic.round(run.output);
            noisy.put(node, run);
            y = run.output;
        }
        String key = "feedback/" + layer.name();
        if (settings.feedbackLoss() == DtpSettings.FeedbackLoss.RECONSTRUCTION) {
            double[] h = mirror(stage, y, noisy);
            double[] c = step.own().get(key + "/bias");
            double[] residual = sum(back(layer, h), x, -1);
            for (int i = 0; i < residual.length; i++) {
                residual[i] += c[i % c.length];
            }
            pass.arithmetic.round(residual);
            double[] bias = new double[c.length];
            for (int i = 0; i < residual.length; i++) {
                bias[i % c.length] += 2 * residual[i];
            }
            updates.put(key + "/weights", EkdaaFormula.scaled(correlation(layer, residual, h), 2));
            updates.put(key + "/bias", bias);
            return;
        }
        double[] clean = pass.output(stage.get(stage.size() - 1));
        double[] moved = sum(clean, gaussian(random, deviation, clean.length), 1);
        double[] u = change(stage, y, noisy, clean);
        double[] v = change(stage, moved, null, clean);
        double[] carried = correlation(layer, back(layer, v), v);
        double[] wanted = correlation(layer, epsilon, u);
        updates.put(key + "/weights", EkdaaFormula.scaled(sum(carried, wanted, -1), 2));
    }

    private double[] gaussian(RandomGenerator random, double deviation, int length) {
        double[] noise = new double[length];
        for (int i = 0; i < length; i++) {
            noise[i] = deviation * random.nextGaussian();
        }
        pass.arithmetic.round(noise);
        return noise;
    }

    private double[] sum(double[] a, double[] b, double factor) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * b[i];
        }
        pass.arithmetic.round(sum);
        return sum;
    }

    private NodeRun run(Node node, double[] input) {
        double[][] parameters = node.parameters().stream().map(pass::parameter).toArray(double[][]::new);
        return new NodeRun(
                node,
                step.batch(),
                new double[][] {input},
                parameters,
                step,
                setting.arithmetic(),
                setting.noise(),
                NaivePass.Kind.UNPUBLISHED);
    }

    /** {@code B} times a tensor as the output of a layer. */
    private double[] back(Node layer, double[] error) {
        double[] below = new double[pass.output(layer.inputs().get(0)).length];
        int count = layer.parameters().size();
        pass.op(layer)
                .backward(
                        pass.run(layer), new Flow(standIns(layer), error, new double[][] {below}, new double[count][]));
        pass.arithmetic.round(below);
        return below;
    }

    private double[][] standIns(Node layer) {
        double[][] standIns = new double[layer.parameters().size()][];
        standIns[0] = weights(layer);
        return standIns;
    }

    /** The gradient of {@code <below, B error>} by {@code B}. */
    private double[] correlation(Node layer, double[] below, double[] error) {
        double[][] gradients = new double[layer.parameters().size()][];
        gradients[0] = new double[weights(layer).length];
        pass.op(layer).backward(run(layer, below), new Flow(standIns(layer), error, new double[1][], gradients));
        pass.arithmetic.round(gradients[0]);
        return gradients[0];
    }

    /** {@code h(y) - h(x)}; winners of pools are those of the given forward, or of the clean one. */
    private double[] change(List<Node> stage, double[] y, Map<Node, NodeRun> ofY, double[] x) {
        return mirrored()
                ? sum(mirror(stage, y, ofY), mirror(stage, x, null), -1)
                : undo(stage, sum(y, x, -1), null, false);
    }

    private double[] mirror(List<Node> stage, double[] y, Map<Node, NodeRun> forward) {
        return undo(stage, y, forward, true);
    }

    private double[] undo(List<Node> stage, double[] y, Map<Node, NodeRun> forward, boolean acting) {
        double[] present = y;
        for (int i = stage.size() - 1; i > 0; i--) {
            Node node = stage.get(i);
            if (acting && node.op() instanceof ActivationOp) {
                NodeRun again = run(node, present);
                pass.op(node).forward(again);
                present = again.output;
            } else {
                double[] below = new double[pass.output(node.inputs().get(0)).length];
                NodeRun run = forward == null ? pass.run(node) : forward.get(node);
                pass.op(node)
                        .backward(run, new Flow(new double[0][], present, new double[][] {below}, new double[0][]));
                present = below;
            }
            pass.arithmetic.round(present);
        }
        return present;
    }

    /** How {@code s - t} travels. */
    private final class Targets implements NaiveSweep.Rule {
        private final Map<Node, double[]> changes = new HashMap<>();

        @Override
        public double[] standIn(NaivePass network, Parameter parameter) {
            for (List<Node> stage : stages) {
                if (stage.get(0).parameters().get(0) == parameter) {
                    return weights(stage.get(0));
                }
            }
            return network.parameter(parameter);
        }

        @Override
        public void backward(NaivePass network, Node node, Flow flow) {
            for (List<Node> stage : stages) {
                if (stage.get(stage.size() - 1) == node && mirrored()) {
                    double[] s = network.output(node);
                    double[] t = sum(s, flow.error(), -1);
                    // Without an activation h is linear, and no digits are lost in a difference.
                    boolean linear = stage.stream().noneMatch(each -> each.op() instanceof ActivationOp);
                    changes.put(
                            stage.get(0), linear ? undo(stage, flow.error(), null, true) : change(stage, s, null, t));
                }
            }
            double[] change = changes.get(node);
            if (change == null) {
                network.op(node).backward(network.run(node), flow);
                return;
            }
            double[][] none = new double[flow.gradients().length][];
            network.op(node)
                    .backward(
                            network.run(node),
                            new Flow(flow.standIns(), flow.error(), new double[1][], flow.gradients()));
            network.op(node).backward(network.run(node), new Flow(flow.standIns(), change, flow.inputErrors(), none));
        }
    }
}
