package org.bpfree.learn.feedback;

import java.util.Optional;
import org.bpfree.graph.Initializer;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of direct Kolen-Pollack learning.
 *
 * @param initializer law that the projections are drawn from
 * @param scale factor on the projections as they are drawn
 * @param feedbackOptimizer of the projections; empty for the experiment's
 * @param clipErrors limit on errors that arrive at a layer with weights, 0 for none
 * @param constrainNorm whether weights keep their initial norm
 */
@TypeName("dkp")
@Doc("Direct Kolen-Pollack: direct feedback alignment whose projections learn.")
public record DkpSettings(
        @Doc(FeedbackSettings.INITIALIZER) @Default("he-uniform")
        Optional<Initializer> initializer,

        @Doc(FeedbackSettings.SCALE) @Default("1") @Range(min = 0, aboveMin = true)
        double scale,

        @Doc("The optimizer of the projections; null for that of the weights.")
        @Default("{type: adam, learningRate: 1.0e-4, weightDecay: 1.0e-6}")
        Optional<OptimizerSettings> feedbackOptimizer,

        @Doc(FeedbackSettings.CLIP_ERRORS) @Default("0") @Range(min = 0)
        double clipErrors,

        @Doc(FeedbackSettings.CONSTRAIN_NORM) @Default("false")
        boolean constrainNorm)
        implements DirectSettings {
    /** Learned projections are matrices. */
    @Override
    public Projection projection() {
        return Projection.FULL;
    }
}
