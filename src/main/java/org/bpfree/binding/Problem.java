package org.bpfree.binding;

/**
 * One thing wrong with an experiment.
 *
 * @param origin the place to mend
 * @param path the setting, such as {@code learner.beta}; empty for the file as a whole
 * @param message what is wrong, with the value, and what is allowed
 * @param text the whole message: place, path, message, source line and caret
 */
public record Problem(Origin origin, String path, String message, String text) {}
