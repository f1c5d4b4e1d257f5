package org.bpfree.graph;

import java.util.List;
import org.bpfree.tensor.Shape;

/**
 * One operation in a graph.
 *
 * @param index position in topological order; the images are node 0
 * @param name unique in the graph
 * @param op what it computes
 * @param inputs the nodes it reads
 * @param shape of the output of one sample
 * @param parameters in the order of {@link Op#parameters}
 */
public record Node(int index, String name, Op op, List<Node> inputs, Shape shape, List<Parameter> parameters) {
    /** Whether a learner can change something in this node. */
    public boolean trainable() {
        return parameters.stream().anyMatch(Parameter::trainable);
    }

    /** The shapes of the inputs of one sample. */
    public List<Shape> inputShapes() {
        return inputs.stream().map(Node::shape).toList();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return index;
    }

    @Override
    public String toString() {
        return name;
    }
}
