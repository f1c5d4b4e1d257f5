/**
 * The training loop, its steps, optimizers and schedules, early stopping, checkpoints and listeners. Where the files of a run lie belongs to
 * {@link org.bpfree.run}.
 */
package org.bpfree.train;
