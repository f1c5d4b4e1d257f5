package org.bpfree.learn.predictive;

import java.util.function.Consumer;
import org.bpfree.graph.Graph;
import org.bpfree.learn.LearnerSettings;
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
    public void check(LearnerSettings chosen, Graph graph, Consumer<Misfit> problems) {
        BackpropProvider.requireDerivatives(graph, "incremental-pc", problems);
    }

    @Override
    public void warn(LearnerSettings chosen, Graph graph, Consumer<String> warnings) {
        IncrementalPcSettings settings = typed(chosen);
        PredictiveCodingProvider.unreached(settings, graph, settings.rounds() - 1, warnings);
    }
}
