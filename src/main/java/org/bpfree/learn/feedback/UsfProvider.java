package org.bpfree.learn.feedback;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.tensor.Precision;

/** Announces uniform sign-concordant feedback. */
public final class UsfProvider extends FeedbackProvider<UsfSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public UsfProvider() {
        super(
                UsfSettings.class,
                "Errors travel through the signs of the weights, all of one size.",
                "Liao, Leibo, Poggio: How Important Is Weight Symmetry in Backpropagation?, arXiv 1510.05067, 2016",
                UniformSignLearner::new);
    }

    @Override
    List<Promise> furtherPromises(UsfSettings settings, Graph graph, Precision precision) {
        List<Promise> promises = new ArrayList<>(ofSigns(settings.concordance(), graph));
        if (settings.magnitude() == UsfSettings.Magnitude.INIT) {
            promises.add(Promises.magnitudesConstant());
        }
        return promises;
    }
}
