/** PEPITA: two forward passes, the second on images that the error of the first has modulated; weights learn from the difference. */
package org.bpfree.learn.pepita;
