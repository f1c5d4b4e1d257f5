/** Measurements of learners: speed and memory of a step, the step beside backpropagation's, statistics over seeds. */
package org.bpfree.measure;
