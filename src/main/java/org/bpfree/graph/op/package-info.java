/** The operations of which networks are made; each file holds one op: its shapes, its parameters and its kernel. */
package org.bpfree.graph.op;
