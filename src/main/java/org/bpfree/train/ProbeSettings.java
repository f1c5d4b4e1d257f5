package org.bpfree.train;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;

/**
 * The block {@code probes} of an experiment file: what is measured beside the loss.
 *
 * @param alignmentEvery batches between measurements of the angle to backpropagation, 0 for none
 * @param activityEvery batches between measurements of what the learner offers to watch, 0 for none
 * @param gradientFloor relative norm of backpropagation's gradient of a layer below which its angle is not meaningful
 */
public record ProbeSettings(
        @Doc("Batches between measurements of the angle to backpropagation, 0 for none.") @Default("0") @Range(min = 0)
        int alignmentEvery,

        @Doc("Batches between measurements of activity, such as firing rates, where the learner has some; 0 for none.")
        @Default("0")
        @Range(min = 0)
        int activityEvery,

        @Doc(
                "Norm of backpropagation's gradient of a layer, relative to the layer with the largest, below which the angle to it is"
                        + " not meaningful: it is recorded as NaN and enters no mean; 0 for no floor.")
        @Default("1.0e-6")
        @Range(min = 0, max = 1)
        double gradientFloor) {}
