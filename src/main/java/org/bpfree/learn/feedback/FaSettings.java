package org.bpfree.learn.feedback;

import java.util.Optional;
import org.bpfree.graph.Initializer;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of feedback alignment.
 *
 * @param initializer law of the feedback
 * @param scale factor on the feedback
 * @param clipErrors limit on errors that arrive at a layer with weights, 0 for none
 * @param constrainNorm whether weights keep their initial norm
 */
@TypeName("fa")
@Doc("Feedback alignment: errors travel through fixed random weights.")
public record FaSettings(
        @Doc(FeedbackSettings.INITIALIZER) @Default("null") Optional<Initializer> initializer,

        @Doc(FeedbackSettings.SCALE) @Default("1") @Range(min = 0, aboveMin = true)
        double scale,

        @Doc(FeedbackSettings.CLIP_ERRORS) @Default("0") @Range(min = 0)
        double clipErrors,

        @Doc(FeedbackSettings.CONSTRAIN_NORM) @Default("false")
        boolean constrainNorm)
        implements FeedbackSettings {}
