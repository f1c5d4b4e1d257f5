package org.bpfree.model;

/**
 * Something in a model that cannot be built.
 *
 * @param layer index in {@code model.layers}, or -1 for the model as a whole
 * @param setting the key of the layer to change, or empty for the layer as a whole
 * @param message what is wrong, with the value, what is allowed, and what to do
 */
public record GraphProblem(int layer, String setting, String message) {}
