/** Many runs from one file: the plan of their cells, who runs which, how they stand, and their results in one table. */
package org.bpfree.sweep;
