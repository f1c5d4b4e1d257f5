package org.bpfree.learn.feedback;

import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.learn.Promise;
import org.bpfree.tensor.Precision;

/** Announces direct feedback alignment. */
public final class DfaProvider extends FeedbackProvider<DfaSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public DfaProvider() {
        super(
                DfaSettings.class,
                "The error of the output is projected to every layer by a fixed random matrix.",
                "Nokland: Direct Feedback Alignment Provides Learning in Deep Neural Networks, arXiv 1609.01596, 2016",
                DirectLearner::ofError);
    }

    @Override
    List<Promise> furtherPromises(DfaSettings settings, Graph graph, Precision precision) {
        return ofProjection(settings, graph, precision, (error, labels) -> error);
    }
}
