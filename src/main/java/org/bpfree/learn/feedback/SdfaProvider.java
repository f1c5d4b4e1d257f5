package org.bpfree.learn.feedback;

/** Announces direct feedback alignment with signs of errors. */
public final class SdfaProvider extends FeedbackProvider<SdfaSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public SdfaProvider() {
        super(
                SdfaSettings.class,
                "As dfa, with the sign of the error of the output.",
                "Frenkel, Lefebvre, Bol: Learning Without Feedback: Fixed Random Learning Signals Allow for Feedforward Training of Deep Neural Networks, arXiv 1909.01311, 2021",
                DirectLearner::ofErrorSign);
    }
}
