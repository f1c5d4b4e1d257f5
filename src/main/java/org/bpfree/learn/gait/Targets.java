package org.bpfree.learn.gait;

import org.bpfree.learn.gait.IncrementalSettings.Form;
import org.bpfree.learn.gait.IncrementalSettings.Increment;
import org.bpfree.learn.gait.IncrementalSettings.OutputTarget;

/**
 * Which targets a learner sets.
 *
 * @param adjusted whether increments are multiplied by the squared derivative of the activation: GAIT-prop
 * @param adaptive whether each sample and layer has an increment of its own size
 * @param gamma size of the increments
 * @param literal whether the targets themselves go down, as published
 * @param outputShare the distance of the scores from their target as a share of the derivative of the loss, {@code 1 / m} of the output
 */
record Targets(boolean adjusted, boolean adaptive, double gamma, boolean literal, double outputShare) {
    /** Plain target propagation: the whole way to the target at once. */
    static final Targets WHOLE = new Targets(false, false, 1, false, 1);

    static Targets of(IncrementalSettings settings) {
        return new Targets(
                settings instanceof GaitPropSettings,
                settings.increment() == Increment.ADAPTIVE,
                settings.size(),
                settings.form() == Form.LITERAL,
                settings.outputTarget() == OutputTarget.GRADIENT ? 1 : 0.5);
    }
}
