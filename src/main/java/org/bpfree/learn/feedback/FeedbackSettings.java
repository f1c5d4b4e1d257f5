package org.bpfree.learn.feedback;

import java.util.Optional;
import org.bpfree.graph.Initializer;
import org.bpfree.learn.LearnerSettings;

/** What all learners of the family can be told. */
public interface FeedbackSettings extends LearnerSettings {
    /** Explains {@link #initializer}. */
    String INITIALIZER = "Law of the feedback; null for the law of the layer's own weights.";
    /** Explains {@link #scale}. */
    String SCALE = "Factor on the feedback.";
    /** Explains the setting {@code concordance} of the sign-concordant three. */
    String CONCORDANCE = "Share of the feedback whose sign agrees with the weight; which ones disagree is drawn once.";
    /** Explains {@link #clipErrors}. */
    String CLIP_ERRORS = "Limit on every element of the error that arrives at a layer with weights, 0 for none.";
    /** Explains {@link #constrainNorm}. */
    String CONSTRAIN_NORM = "Whether weights are rescaled to their initial norm before each batch.";

    /** Law of the feedback; empty for the law of the layer's own weights. */
    Optional<Initializer> initializer();

    /** Factor on the feedback. */
    double scale();

    /** Limit on every element of an error that arrives at a layer with weights, 0 for none. */
    double clipErrors();

    /** Whether weights are rescaled to their initial norm before each batch. */
    boolean constrainNorm();
}
