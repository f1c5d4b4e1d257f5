/**
 * The network as a file names it: layers, architectures, and the builder that turns them into a {@link org.bpfree.graph.Graph}. How a node
 * computes belongs to {@link org.bpfree.graph.op}.
 */
package org.bpfree.model;
