package org.bpfree.learn.dtp;

import java.util.List;
import java.util.Optional;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of difference target propagation. Lists have a number for each stage whose input can learn, from the images up, or one for all.
 *
 * @param inverse form of the inverse of a stage
 * @param feedbackLoss what inverses learn to do
 * @param feedback whether they learn at all
 * @param beta size of the step to the target of the output
 * @param feedbackUpdates updates of the inverse of each stage a batch
 * @param noise standard deviation of the noise that inverses learn from
 * @param feedbackOptimizer of the inverses; empty for the experiment's
 * @param feedbackRates factors on the learning rate of that optimizer
 */
@TypeName("dtp")
@Doc(
        "Difference target propagation: layers learn from targets that come down through learned inverses, arXiv 1412.7525 and 2201.13415.")
public record DtpSettings(
        @Doc("Form of the inverse of a stage.") @Default("mirror")
        InverseForm inverse,

        @Doc("What inverses learn to do.") @Default("local-difference")
        FeedbackLoss feedbackLoss,

        @Doc("Whether the weights of inverses learn.") @Default("learned")
        Feedback feedback,

        @Doc("Size of the step from the scores to their target, as a factor on the gradient of the loss.")
        @Default("0.7")
        @Range(min = 0, aboveMin = true)
        double beta,

        @Doc("Updates of the inverse of each stage a batch; one number for all stages, or one each from the second up.")
        @Default("[20]")
        @Range(min = 0)
        List<Integer> feedbackUpdates,

        @Doc("Standard deviation of the noise that inverses learn from; one number for all stages, or one each.")
        @Default("[0.2]")
        @Range(min = 0, aboveMin = true)
        List<Double> noise,

        @Doc("The optimizer of the inverses; null for that of the network.")
        @Default("{type: sgd, learningRate: 0.01, momentum: 0.9}")
        Optional<OptimizerSettings> feedbackOptimizer,

        @Doc("Factors on the learning rate of inverses; one number for all stages, or one each.")
        @Default("[1]")
        @Range(min = 0, aboveMin = true)
        List<Double> feedbackRates)
        implements LearnerSettings {
    /** Form of the inverse of a stage. */
    public enum InverseForm {
        @Doc("The operations of the stage in reverse order, each undone in its turn.")
        MIRROR,
        @Doc("The backward of the stage: targets travel as errors do, through the inverse's weights.")
        DERIVATIVE
    }

    /** What inverses learn to do. */
    public enum FeedbackLoss {
        @Doc("To give a noisy input back from what the stage makes of it.")
        RECONSTRUCTION,
        @Doc("To carry differences as the transposed stage does: L-DRL of arXiv 2201.13415.")
        LOCAL_DIFFERENCE
    }

    /** Whether the weights of inverses learn. */
    public enum Feedback {
        @Doc("They learn from noise.")
        LEARNED,
        @Doc("They are the weights of the stage: the control.")
        TRANSPOSE
    }

    /** Updates a batch of the inverse of a stage, by its place from 0 among those that have one. */
    int updatesOf(int place) {
        return at(feedbackUpdates, place);
    }

    /** Deviation of the noise of a stage. */
    double noiseOf(int place) {
        return at(noise, place);
    }

    /** Factor on the learning rate of the inverse of a stage. */
    double rateOf(int place) {
        return at(feedbackRates, place);
    }

    /** Whether inverses have biases: in differences they cancel. */
    boolean biased() {
        return feedbackLoss == FeedbackLoss.RECONSTRUCTION;
    }

    private static <T> T at(List<T> numbers, int place) {
        return numbers.get(numbers.size() == 1 ? 0 : place);
    }
}
