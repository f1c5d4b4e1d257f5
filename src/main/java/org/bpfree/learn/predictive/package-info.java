/**
 * Learning by inference: every node holds a state, prediction errors move the states, and weights learn from the errors that are
 * left. Plain and incremental predictive coding, and Z-IL, whose schedule makes the update exactly backpropagation's.
 *
 * <p>Symbols: {@code x} the state of a node, {@code mu} what its inputs predict, {@code e = mu - x} its prediction error, {@code D} the
 * sum of what its consumers' errors pull, {@code gamma} the inference rate. The energy is {@code F = 1/2 sum |e|^2} over the nodes
 * with a state plus the loss of the output, summed over the images of a batch; {@code dF/dx = D - e}.
 */
package org.bpfree.learn.predictive;
