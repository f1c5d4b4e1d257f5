package org.bpfree.tensor;

import java.util.function.Supplier;

/**
 * Loops over tensors in pieces that fit the first-level cache, as Java arrays of {@code double} whatever the precision: for
 * operations that ND4J lacks and that are not on the critical path.
 */
public final class Chunked {
    /** Elements of a chunk. */
    static final int CHUNK = 2048;

    /** Elements of which a thread should have as many at least. */
    static final int LEAST_SHARE = Parallel.least(0.3);

    private Chunked() {}

    /** 1 for {@code x > 0} and 0 for {@code x = 0}, without a branch; {@code x} may not be negative. */
    static float isPositive(float x) {
        // Twice, so that the least number above zero reaches 1, too.
        return Math.min(1, x * Float.MAX_VALUE * Float.MAX_VALUE);
    }

    /** Changes the first {@code n} elements of a chunk in place. */
    @FunctionalInterface
    public interface Map {
        /** Replaces {@code x[0..n)}. */
        void apply(double[] x, int n);
    }

    /** Changes the first {@code n} elements of a chunk in place, with the same elements of a second tensor at hand. */
    @FunctionalInterface
    public interface Map2 {
        /** Replaces {@code x[0..n)} by a function of {@code x} and {@code y}. */
        void apply(double[] x, double[] y, int n);
    }

    /** {@code output = map(input)}. */
    public static Routine map(Tensor input, Tensor output, Map map) {
        double[] x = new double[CHUNK];
        int size = input.size();
        return () -> {
            for (int from = 0; from < size; from += CHUNK) {
                int n = Math.min(CHUNK, size - from);
                input.read(from, x, 0, n);
                map.apply(x, n);
                output.write(from, x, 0, n);
            }
        };
    }

    /** {@code output = map(a, b)}. */
    public static Routine map(Tensor a, Tensor b, Tensor output, Map2 map) {
        double[] x = new double[CHUNK];
        double[] y = new double[CHUNK];
        int size = a.size();
        return () -> {
            for (int from = 0; from < size; from += CHUNK) {
                int n = Math.min(CHUNK, size - from);
                a.read(from, x, 0, n);
                b.read(from, y, 0, n);
                map.apply(x, y, n);
                output.write(from, x, 0, n);
            }
        };
    }

    /** Changes the first {@code n} elements of a chunk in place, in single precision. */
    @FunctionalInterface
    interface FloatMap {
        /** Replaces {@code x[0..n)}. */
        void apply(float[] x, int n);
    }

    /** Changes the first {@code n} elements of a chunk in place, with the same elements of a second tensor at hand. */
    @FunctionalInterface
    interface FloatMap2 {
        /** Replaces {@code x[0..n)} by a function of {@code x} and {@code y}. */
        void apply(float[] x, float[] y, int n);
    }

    /** Changes the first {@code n} elements of a chunk in place, with the same elements of two other tensors at hand. */
    @FunctionalInterface
    interface FloatMap3 {
        /** Replaces {@code x[0..n)} by a function of {@code x}, {@code y} and {@code z}. */
        void apply(float[] x, float[] y, float[] z, int n);
    }

    /** {@code output = map(input)}, without conversion and on all threads; only for {@link Precision#FLOAT32}. */
    static Routine mapFloats(Tensor input, Tensor output, FloatMap map) {
        return loop(output, () -> (chunks, n) -> map.apply(chunks[0], n), input);
    }

    /** {@code output = map(a, b)}, without conversion and on all threads; only for {@link Precision#FLOAT32}. */
    static Routine mapFloats(Tensor a, Tensor b, Tensor output, FloatMap2 map) {
        return mapFloats(a, b, output, () -> map);
    }

    /** {@link #mapFloats(Tensor, Tensor, Tensor, FloatMap2)} with a map for each thread, for maps that have scratch. */
    static Routine mapFloats(Tensor a, Tensor b, Tensor output, Supplier<FloatMap2> maps) {
        Supplier<Body> bodies = () -> {
            FloatMap2 map = maps.get();
            return (chunks, n) -> map.apply(chunks[0], chunks[1], n);
        };
        return loop(output, bodies, a, b);
    }

    /** {@code output = map(a, b, c)}, without conversion and on all threads; only for {@link Precision#FLOAT32}. */
    static Routine mapFloats(Tensor a, Tensor b, Tensor c, Tensor output, FloatMap3 map) {
        return loop(output, () -> (chunks, n) -> map.apply(chunks[0], chunks[1], chunks[2], n), a, b, c);
    }

    /** {@code output = map(input)}, on all threads; for {@link Precision#FLOAT64}, and a map without scratch. */
    static Routine mapDoubles(Tensor input, Tensor output, Map map) {
        return parts((in, out) -> map(in[0], out, map), output, input);
    }

    /** {@code output = map(a, b)}, on all threads; for {@link Precision#FLOAT64}, and a map without scratch. */
    static Routine mapDoubles(Tensor a, Tensor b, Tensor output, Map2 map) {
        return parts((in, out) -> map(in[0], in[1], out, map), output, a, b);
    }

    /** A native operation on each element, on all threads. */
    static Routine mapNatively(String op, Tensor input, Tensor output, double... reals) {
        return parts((in, out) -> NativeOp.withReals(op, in, out, reals), output, input);
    }

    /** Makes the work on some elements of the inputs and the same of the output. */
    @FunctionalInterface
    private interface Part {
        Routine of(Tensor[] inputs, Tensor output);
    }

    private static Routine parts(Part part, Tensor output, Tensor... inputs) {
        return Parallel.loop(output.size(), LEAST_SHARE, (from, to) -> {
            Tensor[] ranges = new Tensor[inputs.length];
            for (int i = 0; i < ranges.length; i++) {
                ranges[i] = inputs[i].range(from, to - from);
            }
            return part.of(ranges, output.range(from, to - from));
        });
    }

    /** Turns the first of some chunks, one an input, into the output's. */
    @FunctionalInterface
    private interface Body {
        void apply(float[][] chunks, int n);
    }

    private static Routine loop(Tensor output, Supplier<Body> bodies, Tensor... inputs) {
        return Parallel.loop(output.size(), LEAST_SHARE, (begin, end) -> {
            Body body = bodies.get();
            float[][] chunks = new float[inputs.length][CHUNK];
            return () -> {
                for (int from = begin; from < end; from += CHUNK) {
                    int n = Math.min(CHUNK, end - from);
                    for (int i = 0; i < inputs.length; i++) {
                        inputs[i].read(from, chunks[i], 0, n);
                    }
                    body.apply(chunks, n);
                    output.write(from, chunks[0], 0, n);
                }
            };
        });
    }
}
