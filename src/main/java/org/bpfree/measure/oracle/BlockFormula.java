package org.bpfree.measure.oracle;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfree.graph.Node;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.local.LocalLossSettings;
import org.bpfree.learn.local.MonoForwardSettings;

/**
 * Learning in blocks (arXiv 1901.06656, 2501.09238): at the end of each block, which is where the learner publishes a head, the error is that of
 * the head's losses, and none comes from above; below it is backpropagation.
 */
final class BlockFormula extends SweepFormula {
    private final LearnerSettings settings;
    private final Map<Node, double[]> errors = new LinkedHashMap<>();
    private final Map<String, double[]> ofHeads = new LinkedHashMap<>();

    private BlockFormula(LearnerSettings settings, Setting setting) {
        super(setting);
        this.settings = settings;
    }

    static LearnerFormula of(LearnerSettings settings, Setting setting) {
        return settings instanceof LocalLossSettings || settings instanceof MonoForwardSettings
                ? new BlockFormula(settings, setting)
                : null;
    }

    private double similarity() {
        if (!(settings instanceof LocalLossSettings local)) {
            return 0;
        }
        return switch (local.loss()) {
            case PRED -> 0;
            case SIM -> 1;
            case PREDSIM -> local.beta();
        };
    }

    private static boolean hasHead(PublishedStep step, Node node, String tensor) {
        return step.own().containsKey("head/" + node.name() + "/" + tensor);
    }

    @Override
    NaiveSweep.Rule rule(PublishedStep step, NaivePass pass, double[] outputError) {
        errors.clear();
        ofHeads.clear();
        int inputs = settings instanceof LocalLossSettings local ? local.headInputs() : Integer.MAX_VALUE;
        for (Node node : setting.graph().nodes()) {
            double[] error = new double[pass.output(node).length];
            NaiveHeads heads = new NaiveHeads(setting, step, pass, node);
            if (similarity() < 1 && hasHead(step, node, "weights")) {
                ofHeads.putAll(heads.classify(1 - similarity(), inputs, error));
                errors.put(node, error);
            }
            if (similarity() > 0 && hasHead(step, node, "similarity")) {
                ofHeads.putAll(heads.compare(similarity(), error));
                errors.put(node, error);
            }
        }
        errors.values().forEach(pass.arithmetic::round);
        return new NaiveSweep.Rule() {
            @Override
            public double[] given(Node node) {
                return errors.get(node);
            }
        };
    }

    @Override
    void addOwn(PublishedStep step, NaivePass pass, double[] outputError, Map<String, double[]> updates) {
        ofHeads.values().forEach(pass.arithmetic::round);
        updates.putAll(ofHeads);
    }

    @Override
    public double[] scores(PublishedStep step) {
        NaivePass pass = setting.forward(step, NaivePass.Kind.PREDICTION);
        double[] sum = pass.output(setting.graph().output()).clone();
        if (settings instanceof MonoForwardSettings mono && mono.prediction() == MonoForwardSettings.Prediction.SUM) {
            for (Node node : setting.graph().nodes()) {
                if (hasHead(step, node, "weights")) {
                    double[] scores = new NaiveHeads(setting, step, pass, node).scores(pass.output(node));
                    Loops.addScaled(1, scores, 0, sum, 0, sum.length);
                }
            }
        }
        return sum;
    }
}
