package org.bpfree.measure.oracle;

/**
 * Gradient descent of constant rate without limits: linear in what is added to a tensor, so that a law can follow what it does to differences
 * of tensors with equal updates.
 *
 * @param rate learning rate
 * @param momentum share of the last step that is kept
 * @param nesterov whether it looks ahead
 * @param decay weight decay
 */
public record PlainDescent(double rate, double momentum, boolean nesterov, double decay) {}
