package org.example.noisy;

import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.TypedProvider;
import org.bpfree.tensor.Precision;

/** Announces the learner; found through {@code META-INF/services}. */
public final class NoisyFeedbackProvider extends TypedProvider<NoisyFeedbackSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public NoisyFeedbackProvider() {
        super(
                NoisyFeedbackSettings.class,
                "Errors travel back through the weights plus noise that is drawn for every batch.",
                "the worked example of bpfree; not published",
                NoisyFeedbackLearner::new);
    }

    @Override
    public List<Promise> promises(LearnerSettings chosen, Graph graph, Precision precision) {
        double rounding = Promises.rounding(precision);
        return typed(chosen).noise() == 0
                ? List.of(Promises.equalsBackprop(rounding))
                : List.of(Promises.outputLayerExact(rounding));
    }
}
