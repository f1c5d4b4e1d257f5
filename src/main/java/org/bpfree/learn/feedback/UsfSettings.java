package org.bpfree.learn.feedback;

import java.util.Optional;
import org.bpfree.graph.Initializer;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of uniform sign-concordant feedback.
 *
 * @param initializer law of the feedback
 * @param scale factor on the feedback
 * @param magnitude what the common size of the feedback follows
 * @param concordance share of signs that agree with the weights
 * @param clipErrors limit on errors that arrive at a layer with weights, 0 for none
 * @param constrainNorm whether weights keep their initial norm
 */
@TypeName("usf")
@Doc("Uniform sign-concordant feedback: errors travel through the signs of the weights.")
public record UsfSettings(
        @Doc(FeedbackSettings.INITIALIZER) @Default("null") Optional<Initializer> initializer,

        @Doc(FeedbackSettings.SCALE) @Default("1") @Range(min = 0, aboveMin = true)
        double scale,

        @Doc("What the common size of the feedback of a layer follows.") @Default("init")
        Magnitude magnitude,

        @Doc(FeedbackSettings.CONCORDANCE) @Default("1") @Range(min = 0, max = 1)
        double concordance,

        @Doc(FeedbackSettings.CLIP_ERRORS) @Default("0") @Range(min = 0)
        double clipErrors,

        @Doc(FeedbackSettings.CONSTRAIN_NORM) @Default("false")
        boolean constrainNorm)
        implements FeedbackSettings {
    /** What the common size of the feedback of a layer follows. */
    public enum Magnitude {
        @Doc("Standard deviation of the initial law.")
        INIT,
        @Doc("Norm of the initial weights ('uSF Init' of Moskovitz et al. 2018).")
        NORM_INIT,
        @Doc("Norm of the present weights ('uSF SN' of Moskovitz et al. 2018).")
        STRICT
    }
}
