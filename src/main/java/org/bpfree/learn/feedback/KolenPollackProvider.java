package org.bpfree.learn.feedback;

/** Announces Kolen-Pollack learning. */
public final class KolenPollackProvider extends FeedbackProvider<KolenPollackSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public KolenPollackProvider() {
        super(
                KolenPollackSettings.class,
                "Feedback weights get the updates and the decay of the weights, and so grow equal to them.",
                "Akrout, Wilson, Humphreys, Lillicrap, Tweed: Deep Learning without Weight Transport, arXiv 1904.05391, 2019; Kolen, Pollack: Backpropagation without weight transport, 1994",
                KolenPollackLearner::new);
    }
}
