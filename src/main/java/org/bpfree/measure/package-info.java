/** Measurements of learners: speed and memory of a training step. */
package org.bpfree.measure;
