package org.bpfree.learn.feedback;

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
}
