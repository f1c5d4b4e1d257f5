package org.bpfree.learn.spiking;

import java.util.Optional;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Findings;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.spiking.MicrocircuitSettings.Feedback;

/** Announces the spiking cortical microcircuit. */
public final class MicrocircuitProvider extends SpikingProvider<MicrocircuitSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public MicrocircuitProvider() {
        super(
                MicrocircuitSettings.class,
                "Spiking network; apical errors through sign-concordant feedback, updates of three factors. The wiring is this project's, after"
                        + " the abstract of the paper; the default rule is acausal (errors look ahead in time), and angles are to its"
                        + " own surrogate gradient, not to a gradient of spikes.",
                "After the abstract of Yang, Li: A Computational Framework of Cortical Microcircuits Approximates Sign-concordant Random Backpropagation, arXiv 2205.07292, 2022",
                MicrocircuitLearner::new);
    }

    @Override
    public Optional<LearnerSettings> reference(MicrocircuitSettings own) {
        return Optional.of(new SpikingBackpropSettings(
                own.rule() == MicrocircuitSettings.Rule.SURROGATE
                        ? SpikingBackpropSettings.Rule.SURROGATE
                        : SpikingBackpropSettings.Rule.SPIKE_TIMING,
                own.neuron(),
                own.objective()));
    }

    @Override
    public void check(MicrocircuitSettings settings, Setup setup, Findings findings) {
        super.check(settings, setup, findings);
        Feedback feedback = settings.feedback();
        if (feedback == Feedback.WEIGHTS || feedback == Feedback.SHALLOW) {
            return;
        }
        for (Node node : setup.graph().crossedNodes()) {
            for (Parameter parameter : node.parameters()) {
                if (parameter.carriesErrors() && parameter.spec().initializer() == Initializer.ZEROS) {
                    findings.misfit(
                            node,
                            "its weights start at zero, and so would the feedback, which is as large. Use another"
                                    + " initializer, or learner.feedback: weights.");
                }
            }
        }
    }
}
