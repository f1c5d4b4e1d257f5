package org.bpfree.learn.spiking;

import java.util.function.IntFunction;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Tensor;

/**
 * Backpropagation on a spiking network: errors travel through the weights themselves, and through units by one of the rules of {@link
 * LocalRules}. With spikes none of them is an exact gradient; with {@code rule: smooth}, where nothing spikes, it is.
 */
final class SpikingBackpropLearner extends SpikingLearner {
    private final SpikingBackpropSettings settings;

    SpikingBackpropLearner(SpikingBackpropSettings settings, LearnerContext context) {
        super(settings, settings.rule() == SpikingBackpropSettings.Rule.SMOOTH, context);
        this.settings = settings;
        train(context.graph().trainableParameters());
    }

    @Override
    Tensor standIn(Parameter parameter) {
        return context.parameters().get(parameter);
    }

    @Override
    boolean isPlainSurrogate() {
        return settings.rule() == SpikingBackpropSettings.Rule.SURROGATE;
    }

    @Override
    IntFunction<LocalRule> rule(Tensor errors) {
        return length -> {
            LocalRules rules = new LocalRules(settings.neuron(), length);
            return switch (settings.rule()) {
                case THROUGH_TIME -> rules::throughTime;
                case SURROGATE -> rules::surrogate;
                case SPIKE_TIMING -> rules::spikeTiming;
                case SMOOTH -> rules::smooth;
            };
        };
    }
}
