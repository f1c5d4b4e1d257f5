package org.bpfree.learn.feedback;

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
}
