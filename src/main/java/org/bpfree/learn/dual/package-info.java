/**
 * Dual propagation: every unit has two states, one nudged each way, whose mean is its activity and whose difference is its error (Høier,
 * Staudt and Zach, arXiv 2302.01228; Høier and Zach, arXiv 2402.08573).
 */
package org.bpfree.learn.dual;
