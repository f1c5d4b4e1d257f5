package org.bpfree.measure.oracle;

import java.util.Map;

/** Base of formulas with one forward pass, one error of the output and one sweep down. */
abstract class SweepFormula implements LearnerFormula {
    final Setting setting;
    private double lossSum;

    SweepFormula(Setting setting) {
        this.setting = setting;
    }

    /** The rule of the family for a step whose forward pass has run. */
    abstract NaiveSweep.Rule rule(PublishedStep step, NaivePass pass, double[] outputError);

    /** What the forward pass of a step is to the learner; the default is that it publishes the activations. */
    NaivePass.Kind kind() {
        return NaivePass.Kind.PUBLISHED;
    }

    @Override
    public double[] scores(PublishedStep step) {
        return setting.forward(step, NaivePass.Kind.PREDICTION)
                .output(setting.graph().output());
    }

    /** Adds the updates of the learner's own tensors and removes those of what it does not train; the default does neither. */
    void addOwn(PublishedStep step, NaivePass pass, double[] outputError, Map<String, double[]> updates) {}

    @Override
    public Map<String, double[]> updates(PublishedStep step) {
        NaivePass pass = setting.forward(step, kind());
        double[] scores = pass.output(setting.graph().output());
        lossSum = NaiveLoss.sum(setting.loss(), scores, step.labels());
        double[] outputError = NaiveLoss.derivative(setting.loss(), scores, step.labels());
        double[] atOutput = outputError.clone();
        Map<String, double[]> updates = NaiveSweep.updates(pass, outputError, rule(step, pass, atOutput));
        addOwn(step, pass, atOutput, updates);
        return updates;
    }

    @Override
    public double lossSum() {
        return lossSum;
    }
}
