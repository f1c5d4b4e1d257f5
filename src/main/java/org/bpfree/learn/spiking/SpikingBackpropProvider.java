package org.bpfree.learn.spiking;

import java.util.Optional;
import org.bpfree.learn.LearnerSettings;

/** Announces backpropagation on spiking networks. */
public final class SpikingBackpropProvider extends SpikingProvider<SpikingBackpropSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public SpikingBackpropProvider() {
        super(
                SpikingBackpropSettings.class,
                "Spiking network trained by backpropagation with surrogate derivatives; the baseline.",
                "Rules of TSSL-BP: Zhang, Li: Temporal Spike Sequence Learning via Backpropagation for Deep Spiking Neural Networks, 2020 (github.com/stonezwr/TSSL-BP)",
                SpikingBackpropLearner::new);
    }

    @Override
    public Optional<LearnerSettings> reference(SpikingBackpropSettings chosen) {
        return Optional.of(chosen);
    }
}
