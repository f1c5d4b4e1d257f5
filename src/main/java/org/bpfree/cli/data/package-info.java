/** The commands below {@code bpfree data}. */
package org.bpfree.cli.data;
