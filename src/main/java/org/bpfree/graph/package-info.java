/**
 * Networks as directed acyclic graphs of operations. Every operation offers one forward and one local backward; who calls them,
 * when, and with which stand-in for the weights is the business of a learner.
 */
package org.bpfree.graph;
