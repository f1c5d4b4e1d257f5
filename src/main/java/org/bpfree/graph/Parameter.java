package org.bpfree.graph;

/**
 * A parameter of a graph. The same parameter may belong to several nodes, which then share it.
 *
 * @param key unique in the graph: {@code node/name}, after the first node that has it
 * @param spec shape, role and initial law
 */
public record Parameter(String key, ParameterSpec spec) {
    /** Whether learners change it. */
    public boolean trainable() {
        return spec.trainable();
    }

    /** Whether errors travel through it. */
    public boolean carriesErrors() {
        return spec.role() == ParameterSpec.Role.WEIGHTS;
    }
}
