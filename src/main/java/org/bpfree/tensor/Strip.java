package org.bpfree.tensor;

import java.util.Arrays;

/** Numbers in a Java array of a tensor's precision, for loops that compilers turn into vector instructions. */
abstract class Strip {
    /** An array of zeros. */
    static Strip of(Precision precision, int size) {
        return precision == Precision.FLOAT32 ? new Floats(size) : new Doubles(size);
    }

    /** Sets all elements to zero. */
    abstract void clear();

    /** Copies {@code count} elements of a tensor, from index {@code from}, to place {@code at}. */
    abstract void read(Tensor tensor, int from, int at, int count);

    /** Copies {@code count} elements from place {@code at} to index {@code to} of a tensor. */
    abstract void write(Tensor tensor, int to, int at, int count);

    /** Copies {@code count} elements of a strip of the same precision. */
    abstract void copy(Strip other, int from, int at, int count);

    /** {@code this[i] += a[i] * b[i]} for the first {@code count} elements; places that differ would not be vector instructions. */
    abstract void addProducts(Strip a, Strip b, int count);

    /** One element. */
    abstract double at(int index);

    /** Overwrites one element. */
    abstract void set(int index, double value);

    /** Single precision. */
    private static final class Floats extends Strip {
        private final float[] x;

        Floats(int size) {
            x = new float[size];
        }

        @Override
        void clear() {
            Arrays.fill(x, 0);
        }

        @Override
        void read(Tensor tensor, int from, int at, int count) {
            tensor.read(from, x, at, count);
        }

        @Override
        void write(Tensor tensor, int to, int at, int count) {
            tensor.write(to, x, at, count);
        }

        @Override
        void copy(Strip other, int from, int at, int count) {
            System.arraycopy(((Floats) other).x, from, x, at, count);
        }

        @Override
        void addProducts(Strip a, Strip b, int count) {
            add(x, ((Floats) a).x, ((Floats) b).x, count);
        }

        private static void add(float[] x, float[] a, float[] b, int count) {
            for (int i = 0; i < count; i++) {
                x[i] += a[i] * b[i];
            }
        }

        @Override
        double at(int index) {
            return x[index];
        }

        @Override
        void set(int index, double value) {
            x[index] = (float) value;
        }
    }

    /** Double precision. */
    private static final class Doubles extends Strip {
        private final double[] x;

        Doubles(int size) {
            x = new double[size];
        }

        @Override
        void clear() {
            Arrays.fill(x, 0);
        }

        @Override
        void read(Tensor tensor, int from, int at, int count) {
            tensor.read(from, x, at, count);
        }

        @Override
        void write(Tensor tensor, int to, int at, int count) {
            tensor.write(to, x, at, count);
        }

        @Override
        void copy(Strip other, int from, int at, int count) {
            System.arraycopy(((Doubles) other).x, from, x, at, count);
        }

        @Override
        void addProducts(Strip a, Strip b, int count) {
            add(x, ((Doubles) a).x, ((Doubles) b).x, count);
        }

        private static void add(double[] x, double[] a, double[] b, int count) {
            for (int i = 0; i < count; i++) {
                x[i] += a[i] * b[i];
            }
        }

        @Override
        double at(int index) {
            return x[index];
        }

        @Override
        void set(int index, double value) {
            x[index] = value;
        }
    }
}
