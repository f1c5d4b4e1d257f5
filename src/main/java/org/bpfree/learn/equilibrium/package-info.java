/** Equilibrium propagation: states that settle twice, free and nudged, and weights that learn from the difference. */
package org.bpfree.learn.equilibrium;
