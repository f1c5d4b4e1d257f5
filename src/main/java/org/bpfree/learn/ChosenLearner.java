package org.bpfree.learn;

import java.util.List;
import java.util.Optional;
import org.bpfree.graph.Graph;
import org.bpfree.graph.LossFunction;
import org.bpfree.tensor.Precision;

/**
 * A learner with the settings that somebody chose for it.
 *
 * @param provider announces it
 * @param settings of the provider's type
 */
public record ChosenLearner<S extends LearnerSettings>(LearnerProvider<S> provider, S settings) {
    /**
     * The settings of a provider's learner.
     *
     * @throws ClassCastException if they are another's
     */
    public static <S extends LearnerSettings> ChosenLearner<S> of(
            LearnerProvider<S> provider, LearnerSettings settings) {
        return new ChosenLearner<>(provider, provider.settings().cast(settings));
    }

    /** What the learner finds of an experiment. */
    public Findings check(Graph graph, LossFunction loss, Precision precision) {
        Findings findings = new Findings();
        provider.check(settings, new LearnerProvider.Setup(graph, loss, precision), findings);
        return findings;
    }

    /** As {@link LearnerProvider#network}. */
    public Graph network(Graph graph) {
        return provider.network(settings, graph);
    }

    /** As {@link LearnerProvider#promises}. */
    public List<Promise> promises(Graph graph, Precision precision) {
        return provider.promises(settings, graph, precision);
    }

    /** As {@link LearnerProvider#reference}. */
    public Optional<LearnerSettings> reference() {
        return provider.reference(settings);
    }

    /** As {@link LearnerProvider#samplesPerImage}. */
    public int samplesPerImage() {
        return provider.samplesPerImage(settings);
    }

    /** As {@link LearnerProvider#readsLabelsThroughLoss}. */
    public boolean readsLabelsThroughLoss() {
        return provider.readsLabelsThroughLoss(settings);
    }

    /** As {@link LearnerProvider#create}. */
    public Learner create(LearnerContext context) {
        return provider.create(settings, context);
    }
}
