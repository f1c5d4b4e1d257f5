package org.bpfree.learn.feedback;

/** Announces the weight mirror. */
public final class WeightMirrorProvider extends FeedbackProvider<WeightMirrorSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public WeightMirrorProvider() {
        super(
                WeightMirrorSettings.class,
                "Feedback weights are correlated out of noise that is sent through the weights.",
                "Akrout, Wilson, Humphreys, Lillicrap, Tweed: Deep Learning without Weight Transport, arXiv 1904.05391, 2019",
                WeightMirrorLearner::new);
    }
}
