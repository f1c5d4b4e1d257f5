package org.bpfree.train;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;

/**
 * The block {@code probes} of an experiment file: what is measured beside the loss.
 *
 * @param alignmentEvery batches between measurements of the angle to backpropagation, 0 for none
 * @param activityEvery batches between measurements of what the learner offers to watch, 0 for none
 */
public record ProbeSettings(
        @Doc("Batches between measurements of the angle to backpropagation, 0 for none.") @Default("0") @Range(min = 0)
        int alignmentEvery,

        @Doc("Batches between measurements of activity, such as firing rates, where the learner has some; 0 for none.")
        @Default("0")
        @Range(min = 0)
        int activityEvery) {}
