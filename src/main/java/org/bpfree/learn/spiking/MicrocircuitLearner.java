package org.bpfree.learn.spiking;

import java.util.Map;
import java.util.function.IntFunction;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Tensor;

/**
 * The spiking cortical microcircuit (Yang and Li, <i>A Computational Framework of Cortical Microcircuits Approximates Sign-concordant
 * Random Backpropagation</i>, arXiv 2205.07292, 2022).
 */
final class MicrocircuitLearner extends SpikingLearner {
    private final MicrocircuitSettings settings;
    private final FeedbackWeights feedback;

    MicrocircuitLearner(MicrocircuitSettings settings, LearnerContext context) {
        super(settings, false, context);
        this.settings = settings;
        feedback = new FeedbackWeights(settings.feedback(), context);
        train(
                settings.feedback() == MicrocircuitSettings.Feedback.SHALLOW
                        ? context.graph().lastWeighted().parameters()
                        : context.graph().trainableParameters());
    }

    @Override
    Tensor standIn(Parameter parameter) {
        return feedback.of(parameter);
    }

    @Override
    void refresh() {
        feedback.refresh();
    }

    @Override
    IntFunction<LocalRule> rule(Node node, Tensor errors) {
        return length -> {
            LocalRules rules = new LocalRules(settings.neuron(), length);
            return settings.rule() == MicrocircuitSettings.Rule.SURROGATE ? rules::surrogate : rules::spikeTiming;
        };
    }

    @Override
    public Map<String, Tensor> feedback() {
        return feedback.byKey();
    }

    @Override
    public Map<String, Tensor> state() {
        return feedback.state();
    }
}
