package org.bpfree.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The extents of a tensor along its axes, outermost first; printed as {@code 32x32x3}. */
public final class Shape {
    private final int[] extents;

    private Shape(int[] extents) {
        this.extents = extents;
    }

    /**
     * A shape with the given extents.
     *
     * @throws IllegalArgumentException if an extent is below 1
     */
    public static Shape of(int... extents) {
        for (int extent : extents) {
            if (extent < 1) {
                throw new IllegalArgumentException("extent " + extent + " in " + Arrays.toString(extents));
            }
        }
        return new Shape(extents.clone());
    }

    /** Number of axes. */
    public int rank() {
        return extents.length;
    }

    /** Extent of an axis; negative numbers count from the last axis, which is -1. */
    public int extent(int axis) {
        return extents[axis < 0 ? extents.length + axis : axis];
    }

    /** Number of elements. */
    public long size() {
        long size = 1;
        for (int extent : extents) {
            size *= extent;
        }
        return size;
    }

    /** This shape with a new outermost axis: {@code 32x32x3} becomes {@code batch x 32x32x3}. */
    public Shape batched(int batch) {
        int[] batched = new int[extents.length + 1];
        batched[0] = batch;
        System.arraycopy(extents, 0, batched, 1, extents.length);
        return of(batched);
    }

    /** This shape without its outermost axis. */
    public Shape inner() {
        return new Shape(Arrays.copyOfRange(extents, 1, extents.length));
    }

    /** This shape with another extent along the last axis. */
    public Shape withLast(int extent) {
        int[] changed = extents.clone();
        changed[changed.length - 1] = extent;
        return of(changed);
    }

    /** All axes but the last folded into one: {@code [rows, columns]}. */
    public Shape asMatrix() {
        int columns = extent(-1);
        return of(Math.toIntExact(size() / columns), columns);
    }

    /** A copy of the extents. */
    public int[] toArray() {
        return extents.clone();
    }

    long[] toLongArray() {
        return Arrays.stream(extents).asLongStream().toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(extents, shape.extents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(extents);
    }

    @Override
    public String toString() {
        return Arrays.stream(extents).mapToObj(Integer::toString).collect(Collectors.joining("x"));
    }
}
