/** The commands below {@code bpfree sweep}. */
package org.bpfree.cli.sweep;
