package org.bpfree.learn.feedback;

import java.util.Optional;
import org.bpfree.graph.Initializer;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of the weight mirror.
 *
 * @param initializer law of the feedback
 * @param scale factor on the feedback
 * @param rate share of the feedback that a mirroring step replaces (mu)
 * @param samples noise vectors of a mirroring step (m)
 * @param warmup mirroring steps before the first batch
 * @param clipErrors limit on errors that arrive at a layer with weights, 0 for none
 * @param constrainNorm whether weights keep their initial norm
 */
@TypeName("weight-mirror")
@Doc("Weight mirror: feedback weights are correlated out of noise that is sent through the weights.")
public record WeightMirrorSettings(
        @Doc(FeedbackSettings.INITIALIZER) @Default("null") Optional<Initializer> initializer,

        @Doc(FeedbackSettings.SCALE) @Default("1") @Range(min = 0, aboveMin = true)
        double scale,

        @Doc("Share of the feedback that a mirroring step, one a batch, replaces.")
        @Default("0.01")
        @Range(min = 0, max = 1, aboveMin = true)
        double rate,

        @Doc("Noise vectors of a mirroring step.") @Default("128") @Range(min = 1)
        int samples,

        @Doc("Mirroring steps before the first batch; their estimates are averaged.") @Default("200") @Range(min = 0)
        int warmup,

        @Doc(FeedbackSettings.CLIP_ERRORS) @Default("0") @Range(min = 0)
        double clipErrors,

        @Doc(FeedbackSettings.CONSTRAIN_NORM) @Default("false")
        boolean constrainNorm)
        implements FeedbackSettings {}
