package org.bpfree.learn.predictive;

import org.bpfree.learn.Findings;
import org.bpfree.learn.TypedProvider;
import org.bpfree.learn.backprop.BackpropProvider;

/** Announces incremental predictive coding. */
public final class IncrementalPcProvider extends TypedProvider<IncrementalPcSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public IncrementalPcProvider() {
        super(
                IncrementalPcSettings.class,
                "As predictive-coding, but the weights learn in every round of inference.",
                "Salvatori et al.: A Stable, Fast, and Fully Automatic Learning Algorithm for Predictive Coding Networks, arXiv 2212.00720, 2022; settings of PCX, arXiv 2407.01163",
                IncrementalPcLearner::new);
    }

    @Override
    public void check(IncrementalPcSettings settings, Setup setup, Findings findings) {
        BackpropProvider.requireDerivatives(setup.graph(), "incremental-pc", findings);
        PredictiveCodingProvider.unreached(settings, setup.graph(), settings.rounds() - 1, findings);
    }
}
