package org.bpfree.learn.feedback;

import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.tensor.Precision;

/** Announces feedback alignment. */
public final class FaProvider extends FeedbackProvider<FaSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public FaProvider() {
        super(
                FaSettings.class,
                "Feedback alignment: errors travel through fixed random weights.",
                "Lillicrap, Cownden, Tweed, Akerman: Random synaptic feedback weights support error backpropagation, 2016",
                FeedbackAlignmentLearner::new);
    }

    @Override
    List<Promise> furtherPromises(FaSettings settings, Graph graph, Precision precision) {
        return List.of(Promises.feedbackConstant());
    }
}
