package org.bpfree.learn.feedback;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.tensor.Precision;

/** Announces fixed random sign-concordant feedback. */
public final class FrsfProvider extends FeedbackProvider<FrsfSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public FrsfProvider() {
        super(
                FrsfSettings.class,
                "Errors travel through the signs of the weights, with random sizes drawn once.",
                "Liao, Leibo, Poggio: How Important Is Weight Symmetry in Backpropagation?, arXiv 1510.05067, 2016",
                FixedSignLearner::new);
    }

    @Override
    List<Promise> furtherPromises(FrsfSettings settings, Graph graph, Precision precision) {
        List<Promise> promises = new ArrayList<>(ofSigns(settings.concordance(), graph));
        promises.add(Promises.magnitudesConstant());
        return promises;
    }
}
