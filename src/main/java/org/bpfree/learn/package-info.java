/**
 * Learners: credit assignment, the only thing in which the published families differ. One sub-package a family holds its learner,
 * its settings and its own tensors, and nothing else.
 */
package org.bpfree.learn;
