package org.bpfree.learn.feedback;

/** Announces direct random target projection. */
public final class DrtpProvider extends FeedbackProvider<DrtpSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public DrtpProvider() {
        super(
                DrtpSettings.class,
                "The label is projected to every layer by a fixed random matrix; no error is used. Made for tanh.",
                "Frenkel, Lefebvre, Bol: Learning Without Feedback: Fixed Random Learning Signals Allow for Feedforward Training of Deep Neural Networks, arXiv 1909.01311, 2021",
                DirectLearner::ofLabel);
    }

    @Override
    public boolean readsLabelsThroughLoss(DrtpSettings settings) {
        return false; // hidden layers are sent the label itself
    }

    private static double[] oneHot(int[] labels, int classes) {
        double[] signal = new double[labels.length * classes];
        for (int image = 0; image < labels.length; image++) {
            signal[image * classes + labels[image]] = 1;
        }
        return signal;
    }
}
