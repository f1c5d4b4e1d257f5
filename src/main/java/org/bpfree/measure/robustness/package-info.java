/** How a trained network bears disturbed images: gradient attacks, and corruptions that know nothing of the network. */
package org.bpfree.measure.robustness;
