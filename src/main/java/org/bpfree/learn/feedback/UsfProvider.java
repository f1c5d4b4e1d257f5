package org.bpfree.learn.feedback;

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
}
