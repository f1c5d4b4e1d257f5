/**
 * What every learner should have said of a step, recomputed by code that shares nothing with it but the tensors it publishes: images, labels,
 * parameters, feedback and states. Plain loops in double precision, written from the formulas, slow and short: one file an op family, one
 * a learner family. Nothing here runs a kernel, a learner or a loss of the program.
 *
 * <p>What belongs here: formulas of ops ({@link org.bpfree.measure.oracle.NaiveOp}), of losses and of learners, the laws of feedback, and the
 * size of the rounding errors that a comparison has to allow. What does not: running a learner, files, printing.
 */
package org.bpfree.measure.oracle;
