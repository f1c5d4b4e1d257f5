/** Failures that a user can understand and mend, and the exit codes they lead to. */
package org.bpfree.failure;
