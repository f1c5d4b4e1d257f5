package org.bpfree.train;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/** The block {@code optimizer} of an experiment file: how updates change parameters. */
public sealed interface OptimizerSettings {
    /** Step size before the schedule. */
    double learningRate();

    /** Weight decay, per step. */
    double weightDecay();

    /** What {@code clipNorm} says of itself. */
    String CLIP_NORM =
            "Largest norm of all updates of the network together, and of the learner's own tensors together, as they are applied: of batch"
                    + " means with training.reduction: mean, of sums with sum (a limit c of means is c * batchSize there); 0 for no limit.";

    /** What {@code momentumForm} says of itself. */
    String MOMENTUM_FORM = "Where the step size stands when momentum is kept; tells only when the schedule changes it.";

    /** Largest norm of all updates of the network together, and of those of the learner's own tensors together; 0 for no limit. */
    double clipNorm();

    /** How the step size changes over the run. */
    ScheduleSettings schedule();

    /** Largest size of a weight after a step, 0 for no limit. */
    double weightLimit();

    /** Where the step size {@code rate} stands when momentum {@code m} is kept; {@code g} is the update, weight decay included. */
    enum MomentumForm {
        @Doc("v = m v + g, w = w - rate v: a new step size scales all of the step (torch.optim).")
        PYTORCH,
        @Doc("v = m v - rate g, w = w + v: what is kept of earlier steps keeps their step size (Keras).")
        KERAS
    }

    /**
     * Gradient descent with momentum. Batch Manhattan and the ban on sign changes are those of Liao, Leibo and Poggio (arXiv
     * 1510.05067, 2016) in the form of Xiao et al. (arXiv 1811.03567, 2019; github.com/willwx/sign-symmetry, optim): with updates
     * {@code g}, {@code u = sign(g) + decay w} in the place of {@code g}, a step with momentum, and then {@code w = 1e-10 sign(w before)}
     * where the sign of {@code w} has changed or is gone. A step of signs needs a learning rate about a thousand times smaller.
     */
    @TypeName("sgd")
    @Doc("Gradient descent, with momentum.")
    record Sgd(
            @Doc("What an update is multiplied by before it is subtracted.") @Range(min = 0, aboveMin = true)
            double learningRate,

            @Doc("Share of the last step that is kept.") @Default("0") @Range(min = 0, max = 1, belowMax = true)
            double momentum,

            @Doc("Whether a step is taken from where the momentum leads (Nesterov).") @Default("false")
            boolean nesterov,

            @Doc("Added to the gradient as weightDecay * weight.") @Default("0") @Range(min = 0)
            double weightDecay,

            @Doc(CLIP_NORM) @Default("0") @Range(min = 0) double clipNorm,

            @Doc("Replace every update by its sign, before weight decay and momentum (Batch Manhattan).")
            @Default("false")
            boolean batchManhattan,

            @Doc("Stop a weight of the network that would change its sign at 1e-10 short of zero.") @Default("false")
            boolean noSignChange,

            @Doc("How the step size changes over the run.") @Default("{type: constant}")
            ScheduleSettings schedule,

            @Doc("Largest size of a weight of the network after a step, 0 for no limit.") @Default("0") @Range(min = 0)
            double weightLimit,

            @Doc(MOMENTUM_FORM) @Default("pytorch") MomentumForm momentumForm)
            implements OptimizerSettings {
        /** Checks that signs are not clipped. */
        public Sgd {
            if (batchManhattan && clipNorm > 0) {
                throw new InvalidSetting(
                        "clipNorm",
                        clipNorm + " has no effect with batchManhattan: true, which keeps the signs of updates only."
                                + " Remove one of the two.");
            }
        }
    }

    /** RMSprop (Tieleman and Hinton 2012). */
    @TypeName("rmsprop")
    @Doc("RMSprop.")
    record RmsProp(
            @Doc("What an update is multiplied by before it is subtracted.") @Range(min = 0, aboveMin = true)
            double learningRate,

            @Doc("Share of the running mean square of updates that a step keeps.")
            @Default("0.99")
            @Range(min = 0, max = 1, belowMax = true)
            double decay,

            @Doc("Share of the last step that is kept.") @Default("0") @Range(min = 0, max = 1, belowMax = true)
            double momentum,

            @Doc("Added to the root mean square, so that tiny updates are not divided by zero.")
            @Default("1.0e-8")
            @Range(min = 0, aboveMin = true)
            double epsilon,

            @Doc("Added to the gradient as weightDecay * weight.") @Default("0") @Range(min = 0)
            double weightDecay,

            @Doc(CLIP_NORM) @Default("0") @Range(min = 0) double clipNorm,

            @Doc("How the step size changes over the run.") @Default("{type: constant}")
            ScheduleSettings schedule,

            @Doc("Largest size of a weight of the network after a step, 0 for no limit.") @Default("0") @Range(min = 0)
            double weightLimit,

            @Doc(MOMENTUM_FORM) @Default("pytorch") MomentumForm momentumForm)
            implements OptimizerSettings {}

    /**
     * Adam (Kingma and Ba 2015); weight decay enters the gradient. Without bias correction the running means start at zero and are taken as
     * they are, as in the released code of GAIT-prop (arXiv 2006.06438).
     */
    @TypeName("adam")
    @Doc("Adam; weight decay enters the gradient.")
    record Adam(
            @Doc("What an update is multiplied by before it is subtracted.")
            @Default("1.0e-3")
            @Range(min = 0, aboveMin = true)
            double learningRate,

            @Doc("Share of the running mean of updates that a step keeps.")
            @Default("0.9")
            @Range(min = 0, max = 1, belowMax = true)
            double beta1,

            @Doc("Share of the running mean square of updates that a step keeps.")
            @Default("0.999")
            @Range(min = 0, max = 1, belowMax = true)
            double beta2,

            @Doc("Added to the root mean square, so that tiny updates are not divided by zero.")
            @Default("1.0e-8")
            @Range(min = 0, aboveMin = true)
            double epsilon,

            @Doc("Added to the gradient as weightDecay * weight.") @Default("0") @Range(min = 0)
            double weightDecay,

            @Doc(CLIP_NORM) @Default("0") @Range(min = 0) double clipNorm,

            @Doc("How the step size changes over the run.") @Default("{type: constant}")
            ScheduleSettings schedule,

            @Doc("Make up for running means that start at zero.") @Default("true")
            boolean biasCorrection,

            @Doc("Largest size of a weight of the network after a step, 0 for no limit.") @Default("0") @Range(min = 0)
            double weightLimit)
            implements OptimizerSettings {}

    /** AdamW (Loshchilov and Hutter 2019); weight decay acts on the weights themselves. */
    @TypeName("adamw")
    @Doc("AdamW; weight decay acts on the weights themselves.")
    record AdamW(
            @Doc("What an update is multiplied by before it is subtracted.")
            @Default("1.0e-3")
            @Range(min = 0, aboveMin = true)
            double learningRate,

            @Doc("Share of the running mean of updates that a step keeps.")
            @Default("0.9")
            @Range(min = 0, max = 1, belowMax = true)
            double beta1,

            @Doc("Share of the running mean square of updates that a step keeps.")
            @Default("0.999")
            @Range(min = 0, max = 1, belowMax = true)
            double beta2,

            @Doc("Added to the root mean square, so that tiny updates are not divided by zero.")
            @Default("1.0e-8")
            @Range(min = 0, aboveMin = true)
            double epsilon,

            @Doc("Weights shrink by learningRate * weightDecay each step.") @Default("0.01") @Range(min = 0)
            double weightDecay,

            @Doc(CLIP_NORM) @Default("0") @Range(min = 0) double clipNorm,

            @Doc("How the step size changes over the run.") @Default("{type: constant}")
            ScheduleSettings schedule,

            @Doc("Largest size of a weight of the network after a step, 0 for no limit.") @Default("0") @Range(min = 0)
            double weightLimit)
            implements OptimizerSettings {}
}
