package org.bpfree.learn.feedback;

import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.Precision;

/** Announces the weight mirror. */
public final class WeightMirrorProvider extends FeedbackProvider<WeightMirrorSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public WeightMirrorProvider() {
        super(
                WeightMirrorSettings.class,
                "Feedback weights are correlated out of noise that is sent through the weights.",
                "Akrout, Wilson, Humphreys, Lillicrap, Tweed: Deep Learning without Weight Transport, arXiv 1904.05391, 2019",
                WeightMirrorLearner::new);
    }

    @Override
    List<Promise> furtherPromises(WeightMirrorSettings settings, Graph graph, Precision precision) {
        if (settings.warmup() == 0) {
            return List.of();
        }
        double fanIn = graph.crossedWeights().stream()
                .mapToLong(parameter -> parameter.spec().fanIn())
                .max()
                .orElse(1);
        double share = Math.max(1.0 / settings.warmup(), settings.rate() / 2);
        double expected = Math.toDegrees(Math.atan(Math.sqrt(fanIn * share / settings.samples())));
        return List.of(Promises.perLayer(
                "angle of the feedback to the weights, in degrees",
                layer -> layer.feedback() != null,
                layer -> Vectors.angle(layer.feedback(), layer.value()),
                Math.max(10, 2 * expected), // 10 as published; more only where noise alone gives more
                true));
    }
}
