package org.bpfree.learn;

/**
 * Something a learner cannot work with.
 *
 * @param node the node that does not fit, or empty for a setting of the learner
 * @param setting the setting of the learner that does not fit, or empty for a node
 * @param message what is wrong, with the value, what is allowed, and what to do
 */
public record Misfit(String node, String setting, String message) {}
