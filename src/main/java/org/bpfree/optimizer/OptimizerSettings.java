package org.bpfree.optimizer;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.Range;
import org.bpfree.settings.SameBlock;

/**
 * The block {@code optimizer} of an experiment file: how updates change parameters.
 *
 * @param learningRate step size before the schedule
 * @param kind the optimizer
 * @param weightDecay per step
 * @param clipNorm largest norm of all updates of the network together, and of those of the learner's own tensors together; 0 for no limit
 * @param schedule how the step size changes over the run
 * @param weightLimit largest size of a weight after a step, 0 for no limit
 */
public record OptimizerSettings(
        @Doc("What an update is multiplied by before it is subtracted.") @Range(min = 0, aboveMin = true)
        double learningRate,

        @SameBlock OptimizerKind kind,

        @Doc("Added to the gradient as weightDecay * weight.") @Default("0") @Range(min = 0)
        double weightDecay,

        @Doc(
                "Largest norm of all updates of the network together, and of the learner's own tensors together, as they are applied: of batch"
                        + " means with training.reduction: mean, of sums with sum (a limit c of means is c * batchSize there); 0 for no limit.")
        @Default("0")
        @Range(min = 0)
        double clipNorm,

        @Doc("How the step size changes over the run.") @Default("{type: constant}")
        ScheduleSettings schedule,

        @Doc("Largest size of a weight of the network after a step, 0 for no limit.") @Default("0") @Range(min = 0)
        double weightLimit) {
    /** Checks that the optimizer has a use for the limit on norms. */
    public OptimizerSettings {
        if (clipNorm > 0) {
            kind.clippingIsUseless().ifPresent(why -> {
                throw new InvalidSetting("clipNorm", clipNorm + " " + why);
            });
        }
    }
}
