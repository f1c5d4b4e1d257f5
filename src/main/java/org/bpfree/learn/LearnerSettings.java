package org.bpfree.learn;

/**
 * Marks the settings record of a learner. The record carries {@link org.bpfree.settings.TypeName} and is announced by the learner's
 * {@code LearnerProvider}, found through {@link java.util.ServiceLoader}.
 */
public interface LearnerSettings {}
