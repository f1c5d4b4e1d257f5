package org.bpfree.measure.pytorch;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One tensor of a state dict.
 *
 * @param type of the elements
 * @param shape extents, outermost first; none for a single number
 * @param elements little-endian, in C order
 */
public record TorchArray(Type type, int[] shape, ByteBuffer elements) {
    /** Types of elements that are read and written. */
    public enum Type {
        /** float32. */
        FLOAT("FloatStorage", Float.BYTES),
        /** float64. */
        DOUBLE("DoubleStorage", Double.BYTES),
        /** int64, in which batch norm counts its batches. */
        LONG("LongStorage", Long.BYTES);

        final String storage;
        final int bytes;

        Type(String storage, int bytes) {
            this.storage = storage;
            this.bytes = bytes;
        }
    }

    /** Number of elements. */
    public int size() {
        return size(shape);
    }

    static int size(int[] shape) {
        return Math.toIntExact(Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact));
    }

    /** Steps in memory from one index of each axis to the next, in elements. */
    static int[] strides(int[] shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    /** The extents as this program prints them: {@code 6x1x5x5}. */
    String extents() {
        return shape.length == 0
                ? "a number"
                : Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining("x"));
    }
}
