/**
 * What commands have in common: notes and errors on standard error, terminals and their width, progress, lists, signals, and the options that
 * several commands take.
 */
package org.bpfree.cli.console;
