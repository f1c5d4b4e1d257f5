package org.bpfree.learn.feedback;

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
}
