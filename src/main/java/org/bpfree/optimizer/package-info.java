/**
 * Optimizers: a file each with the settings and the rule, what all have in common, and how the step size changes over a run. Optimizers know
 * numbers only; what they move, and in which order, belongs to {@link org.bpfree.train.Optimizer}.
 */
package org.bpfree.optimizer;
