package org.bpfree.learn.backprop;

import org.bpfree.learn.LearnerSettings;
import org.bpfree.settings.Doc;
import org.bpfree.settings.TypeName;

/** Backpropagation has no settings. */
@TypeName("backprop")
@Doc("Backpropagation, the reference.")
public record BackpropSettings() implements LearnerSettings {}
