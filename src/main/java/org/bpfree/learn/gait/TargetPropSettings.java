package org.bpfree.learn.gait;

import org.bpfree.learn.LearnerSettings;
import org.bpfree.settings.Doc;
import org.bpfree.settings.TypeName;

/** Target propagation has no settings. */
@TypeName("target-prop")
@Doc("Target propagation through exact inverses: the target of a layer is the inverse of the target above.")
public record TargetPropSettings() implements LearnerSettings {}
