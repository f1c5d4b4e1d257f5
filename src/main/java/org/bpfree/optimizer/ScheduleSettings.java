package org.bpfree.optimizer;

import java.util.List;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/** How the step size changes over the run; the schedule gives a factor on {@code optimizer.learningRate}. */
public sealed interface ScheduleSettings {
    /** The factor is 1. */
    @TypeName("constant")
    @Doc("The same step size throughout.")
    record Constant() implements ScheduleSettings {}

    /** The factor is multiplied at the start of the named epochs. */
    @TypeName("step")
    @Doc("Multiplied by 'factor' at the start of each named epoch.")
    record Step(
            @Doc("Epochs, counted from 0, at whose start the step size changes.") @Range(min = 0)
            List<Integer> epochs,

            @Doc("What it is multiplied by.") @Default("0.1") @Range(min = 0, aboveMin = true)
            double factor)
            implements ScheduleSettings {}

    /** Linear rise over the warm-up, then half a cosine down to {@code minimum}. */
    @TypeName("cosine")
    @Doc("Linear rise over the warm-up, then half a cosine down to 'minimum'.")
    record Cosine(
            @Doc("Epochs of linear rise; fractions are allowed.") @Default("0") @Range(min = 0)
            double warmup,

            @Doc("Factor on the step size at the end of the run.") @Default("0") @Range(min = 0, max = 1)
            double minimum,

            @Doc("Factor on the step size at the start of the warm-up.") @Default("0") @Range(min = 0, max = 1)
            double start)
            implements ScheduleSettings {}
}
