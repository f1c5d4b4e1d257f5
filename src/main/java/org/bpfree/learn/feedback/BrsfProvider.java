package org.bpfree.learn.feedback;

import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.learn.Promise;
import org.bpfree.tensor.Precision;

/** Announces batch-wise random sign-concordant feedback. */
public final class BrsfProvider extends FeedbackProvider<BrsfSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public BrsfProvider() {
        super(
                BrsfSettings.class,
                "Errors travel through the signs of the weights, with random sizes drawn for each batch.",
                "Liao, Leibo, Poggio: How Important Is Weight Symmetry in Backpropagation?, arXiv 1510.05067, 2016",
                BatchSignLearner::new);
    }

    @Override
    List<Promise> furtherPromises(BrsfSettings settings, Graph graph, Precision precision) {
        return ofSigns(settings.concordance(), graph);
    }
}
