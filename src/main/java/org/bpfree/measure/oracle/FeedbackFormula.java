package org.bpfree.measure.oracle;

import java.util.Map;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.feedback.DirectSettings;
import org.bpfree.learn.feedback.FeedbackSettings;
import org.bpfree.learn.feedback.KolenPollackSettings;
import org.bpfree.measure.oracle.NaiveOp.Flow;

/**
 * Feedback alignment and its kin: {@code delta(l) = B(l+1)^T delta(l+1) * phi'(z(l))} with the published {@code B} in the place of the weights;
 * {@code clipErrors} limits what arrives at a layer with weights. Kolen-Pollack's {@code B} gets the update of {@code W}.
 */
final class FeedbackFormula extends SweepFormula {
    private final FeedbackSettings settings;

    private FeedbackFormula(FeedbackSettings settings, Setting setting) {
        super(setting);
        this.settings = settings;
    }

    static LearnerFormula of(LearnerSettings settings, Setting setting) {
        return settings instanceof FeedbackSettings feedback && !(settings instanceof DirectSettings)
                ? new FeedbackFormula(feedback, setting)
                : null;
    }

    @Override
    NaiveSweep.Rule rule(PublishedStep step, NaivePass network, double[] outputError) {
        return new NaiveSweep.Rule() {
            @Override
            public double[] standIn(NaivePass pass, Parameter parameter) {
                return step.standIn(parameter);
            }

            @Override
            public void backward(NaivePass pass, Node node, Flow flow) {
                NaiveSweep.Rule.super.backward(pass, node, clipped(node, flow, settings.clipErrors()));
            }
        };
    }

    /** The flow with its error limited, at a layer with weights. */
    static Flow clipped(Node node, Flow flow, double limit) {
        if (limit == 0 || node.parameters().stream().noneMatch(Parameter::carriesErrors)) {
            return flow;
        }
        double[] error = flow.error().clone();
        for (int i = 0; i < error.length; i++) {
            error[i] = Math.max(-limit, Math.min(limit, error[i]));
        }
        return new Flow(flow.standIns(), error, flow.inputErrors(), flow.gradients());
    }

    @Override
    void addOwn(PublishedStep step, NaivePass pass, double[] outputError, Map<String, double[]> updates) {
        if (settings instanceof KolenPollackSettings) {
            for (Parameter parameter : setting.graph().crossedWeights()) {
                updates.put("feedback/" + parameter.key(), updates.get(parameter.key()));
            }
        }
    }
}
