/** Repeatable random numbers. */
package org.bpfree.random;
