package org.bpfree.learn.shallow;

import org.bpfree.learn.LearnerSettings;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.TypeName;

/**
 * Settings of the control.
 *
 * @param frozen what never changes
 */
@TypeName("shallow")
@Doc("Control: lower layers stay as they were drawn; what is left learns by backpropagation.")
public record ShallowSettings(
        @Doc("What never changes.") @Default("hidden") Frozen frozen) implements LearnerSettings {
    /** What never changes. */
    public enum Frozen {
        @Doc("Every layer but the last.")
        HIDDEN,
        @Doc("Every layer on maps; dense layers learn.")
        CONVOLUTIONS
    }
}
