/**
 * The experiment file: its record, its loader, checks that look across settings, and the files that come with the program. How a text becomes a
 * record belongs to {@link org.bpfree.binding}; what is done with an experiment, to the rooms above.
 */
package org.bpfree.experiment;
