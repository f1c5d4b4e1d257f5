/** The training loop, optimizers and schedules, listeners, checkpoints and the run folder. */
package org.bpfree.train;
