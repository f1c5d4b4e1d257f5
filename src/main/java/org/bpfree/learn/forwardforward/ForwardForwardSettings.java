package org.bpfree.learn.forwardforward;

import java.util.Optional;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of Forward-Forward.
 *
 * @param goodness what a layer raises for positive samples and lowers for negative ones
 * @param temperature by which the goodness above its threshold is divided
 * @param peer strength of peer normalization, 0 for none
 * @param label how labels come into the images
 * @param labelStrength of the label's pixels or wave
 * @param negatives where negative samples come from
 * @param prediction which scores predict
 * @param firstLayer whether predictions read the first hidden layer, too
 * @param headOptimizer of the softmax head, which is the output layer and the learner's own layers; empty for the experiment's
 */
@TypeName("forward-forward")
@Doc(
        "Forward-Forward: each layer tells images with their label from images with another by its activity, arXiv 2212.13345.")
public record ForwardForwardSettings(
        @Doc("What a layer raises for positive samples and lowers for negative ones.") @Default("sum")
        Goodness goodness,

        @Doc("The goodness above its threshold is divided by it.") @Default("1") @Range(min = 0, aboveMin = true)
        double temperature,

        @Doc("Strength of peer normalization, which keeps units as active as the mean of their layer; 0 for none.")
        @Default("0.03")
        @Range(min = 0)
        double peer,

        @Doc("How labels come into the images, which should be in 0..1 (data.normalize: unit).") @Default("pixels")
        Label label,

        @Doc("Value of the label's pixel, or amplitude of its wave.") @Default("1") @Range(min = 0, aboveMin = true)
        double labelStrength,

        @Doc("Where negative samples come from.") @Default("hard")
        Source negatives,

        @Doc("Which scores predict.") @Default("softmax") Prediction prediction,

        @Doc("Whether predictions read the first hidden layer, too, where there are several.") @Default("false")
        boolean firstLayer,

        @Doc("The optimizer of the output layer and of the classifiers beside it; null for that of the network.")
        @Default("null")
        Optional<OptimizerSettings> headOptimizer)
        implements LearnerSettings {
    /** What a layer raises for positive samples and lowers for negative ones. */
    public enum Goodness {
        @Doc("The sum of squares of all units, with their number as threshold.")
        SUM,
        @Doc("The mean of squares of all units, with 2 as threshold.")
        MEAN
    }

    /** How labels come into the images. */
    public enum Label {
        @Doc("The first numbers of the image, one a class, for dense layers.")
        PIXELS,
        @Doc("A wave over the whole image, for convolutions.")
        WAVE
    }

    /** Where negative samples come from. */
    public enum Source {
        @Doc("A wrong label, drawn as the softmax of the scores has it.")
        HARD,
        @Doc("Any wrong label.")
        UNIFORM,
        @Doc("The labels of the batch in another order, which may be right.")
        PERMUTED,
        @Doc(
                "Images put together from two. No image shows a label, hidden layers learn without labels, and only the head reads them.")
        HYBRID
    }

    /** Which scores predict. */
    public enum Prediction {
        @Doc("Those of the output layer and the classifiers beside it, of the image without a label.")
        SOFTMAX,
        @Doc("The goodness with each label in the image, which takes as many passes as there are classes.")
        GOODNESS
    }
}
