package org.bpfree.learn.equilibrium;

import org.bpfree.learn.LearnerSettings;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of equilibrium propagation.
 *
 * @param variant between which phases weights learn
 * @param schedule which states move together
 * @param freeSteps steps of the free phase (T1)
 * @param nudgedSteps steps of a nudged phase (T2)
 * @param beta size of the nudge
 */
@TypeName("equilibrium")
@Doc("Equilibrium propagation: states settle freely and nudged towards the label, arXiv 1602.05179 and 2006.03824.")
public record EquilibriumSettings(
        @Doc("Between which phases weights learn.") @Default("centred")
        Variant variant,

        @Doc("Which states move together.") @Default("asynchronous")
        Schedule schedule,

        @Doc("Steps of the free phase; released runs take 60 with states in turn, 250 with all at once.")
        @Default("60")
        @Range(min = 1)
        int freeSteps,

        @Doc("Steps of a nudged phase; released runs take 15 with states in turn, 30 with all at once.")
        @Default("15")
        @Range(min = 1)
        int nudgedSteps,

        @Doc("Size of the nudge.") @Default("0.5") @Range(min = 0, aboveMin = true)
        double beta)
        implements LearnerSettings {
    /** Between which phases weights learn. */
    public enum Variant {
        @Doc("One nudged towards the label and one nudged away from it.")
        CENTRED,
        @Doc("The free one and one nudged towards the label.")
        ONE_SIDED,
        @Doc("The free one and one that is nudged either way, by chance for each batch.")
        RANDOM_SIGN
    }

    /** Which states move together. */
    public enum Schedule {
        @Doc("All of them.")
        SYNCHRONOUS,
        @Doc("Those an even number of layers up, then the others, in each step.")
        ASYNCHRONOUS
    }

    /** Phases beside the free one. */
    int nudgedPhases() {
        return variant == Variant.CENTRED ? 2 : 1;
    }
}
