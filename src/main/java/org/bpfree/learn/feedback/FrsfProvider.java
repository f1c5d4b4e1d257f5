package org.bpfree.learn.feedback;

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
}
