package org.bpfree.learn.feedback;

import java.util.Optional;
import org.bpfree.graph.Initializer;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of direct feedback alignment with signs of errors.
 *
 * @param initializer law of the feedback
 * @param scale factor on the feedback
 * @param projection how a convolution gets the error of its input
 * @param clipErrors limit on errors that arrive at a layer with weights, 0 for none
 * @param constrainNorm whether weights keep their initial norm
 */
@TypeName("sdfa")
@Doc("Direct feedback alignment with the sign of the error of the output.")
public record SdfaSettings(
        @Doc(FeedbackSettings.INITIALIZER) @Default("fan-in-uniform")
        Optional<Initializer> initializer,

        @Doc(FeedbackSettings.SCALE) @Default("1") @Range(min = 0, aboveMin = true)
        double scale,

        @Doc("How a convolution gets the error of its input.") @Default("full")
        Projection projection,

        @Doc(FeedbackSettings.CLIP_ERRORS) @Default("0") @Range(min = 0)
        double clipErrors,

        @Doc(FeedbackSettings.CONSTRAIN_NORM) @Default("false")
        boolean constrainNorm)
        implements DirectSettings {}
