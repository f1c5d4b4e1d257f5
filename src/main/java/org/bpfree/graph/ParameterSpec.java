package org.bpfree.graph;

import org.bpfree.tensor.Shape;

/**
 * A tensor that an op is parameterized by.
 *
 * @param name within the node: {@code weights}, {@code bias}, {@code scale}, …
 * @param shape extents; weights are {@code [out, in]} or {@code [out, height, width, in]}
 * @param role what the tensor does
 * @param initializer law of the first values
 * @param fanIn connections that reach one output
 * @param fanOut connections that leave one input
 * @param scale factor on the first values
 */
public record ParameterSpec(
        String name, Shape shape, Role role, Initializer initializer, long fanIn, long fanOut, double scale) {
    /** What a parameter does; learners treat weights, through which errors travel, differently from the rest. */
    public enum Role {
        /** Multiplies inputs; an error can travel back through it or through a stand-in. */
        WEIGHTS,
        /** Added to outputs. */
        BIAS,
        /** Scales a normalized channel. */
        SCALE,
        /** Remembered statistics: written by the forward pass, never by a learner. */
        STATISTIC
    }

    /** First values that follow the law as it is. */
    public ParameterSpec(String name, Shape shape, Role role, Initializer initializer, long fanIn, long fanOut) {
        this(name, shape, role, initializer, fanIn, fanOut, 1);
    }

    /** Weights from {@code fanIn} to {@code fanOut} connections. */
    public static ParameterSpec weights(Shape shape, Initializer initializer, long fanIn, long fanOut) {
        return new ParameterSpec("weights", shape, Role.WEIGHTS, initializer, fanIn, fanOut);
    }

    /** A vector that starts at the same value everywhere. */
    public static ParameterSpec vector(String name, int size, Role role, Initializer initializer) {
        return new ParameterSpec(name, Shape.of(size), role, initializer, size, size);
    }

    /** A vector added to outputs that so many connections reach and leave, by which laws are scaled as they are for the weights. */
    public static ParameterSpec bias(int size, Initializer initializer, long fanIn, long fanOut) {
        return new ParameterSpec("bias", Shape.of(size), Role.BIAS, initializer, fanIn, fanOut);
    }

    /** The same with another law of the first values. */
    public ParameterSpec withInitializer(Initializer other) {
        return new ParameterSpec(name, shape, role, other, fanIn, fanOut, scale);
    }

    /** The same with first values multiplied by a factor. */
    public ParameterSpec times(double factor) {
        return new ParameterSpec(name, shape, role, initializer, fanIn, fanOut, factor * scale);
    }

    /** Whether learners change it. */
    public boolean trainable() {
        return role != Role.STATISTIC;
    }
}
