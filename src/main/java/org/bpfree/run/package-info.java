/**
 * A run: its folder, where runs are found, and the event file that TensorBoard reads. How learning goes belongs to {@link
 * org.bpfree.train}; what is printed, to the command line.
 */
package org.bpfree.run;
