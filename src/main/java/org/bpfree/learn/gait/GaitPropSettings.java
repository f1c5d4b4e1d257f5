package org.bpfree.learn.gait;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of GAIT-prop.
 *
 * @param increment whether increments are fixed or adaptive
 * @param gamma size of the increments (gamma, gamma0 of the papers), 0 for the published one
 * @param form how targets are computed
 * @param outputTarget how far the target of the output is from the scores
 */
@TypeName("gait-prop")
@Doc("GAIT-prop: targets a small step away, adjusted by the squared derivative, through exact inverses.")
public record GaitPropSettings(
        @Doc(IncrementalSettings.INCREMENT) @Default("adaptive")
        Increment increment,

        @Doc(IncrementalSettings.GAMMA) @Default("0") @Range(min = 0)
        double gamma,

        @Doc(IncrementalSettings.FORM) @Default("difference")
        Form form,

        @Doc(IncrementalSettings.OUTPUT_TARGET) @Default("gradient")
        OutputTarget outputTarget)
        implements IncrementalSettings {}
