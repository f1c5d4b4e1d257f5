package org.bpfree.learn.spiking;

import java.util.List;
import java.util.Optional;
import org.bpfree.graph.Graph;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Promise;
import org.bpfree.tensor.Precision;

/** Announces the spiking cortical microcircuit. */
public final class MicrocircuitProvider extends SpikingProvider<MicrocircuitSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public MicrocircuitProvider() {
        super(
                MicrocircuitSettings.class,
                "Spiking network; apical errors through sign-concordant feedback, local Hebbian updates.",
                "Yang, Li: A Computational Framework of Cortical Microcircuits Approximates Sign-concordant Random Backpropagation, arXiv 2205.07292, 2022",
                MicrocircuitLearner::new);
    }

    @Override
    public Optional<LearnerSettings> reference(LearnerSettings chosen) {
        MicrocircuitSettings own = typed(chosen);
        return Optional.of(new SpikingBackpropSettings(
                own.rule() == MicrocircuitSettings.Rule.SURROGATE
                        ? SpikingBackpropSettings.Rule.SURROGATE
                        : SpikingBackpropSettings.Rule.SPIKE_TIMING,
                own.neuron(),
                own.objective()));
    }

    @Override
    public List<Promise> promises(LearnerSettings chosen, Graph graph, Precision precision) {
        return List.of();
    }
}
