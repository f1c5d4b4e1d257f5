/**
 * The command line. Commands read options, call the other packages and print results; they return exit codes and throw
 * {@link org.bpfree.failure.Failure}. Only {@link org.bpfree.cli.Main} ends the process.
 *
 * <p>No class here may name ND4J, so that help, listings and configuration checks start in well under a second.
 */
package org.bpfree.cli;
