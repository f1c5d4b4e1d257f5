package org.bpfree.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The square of the Euclidean norm of a tensor, every step of training. In single precision a few squares at a time are added in the
 * precision of the tensor, as vector instructions, and these sums in double precision, so that it agrees with {@link Norm} in seven digits;
 * where squares could be too large or too small for single precision, {@link Norm} itself is asked.
 */
public final class QuickNorm {
    /** Numbers of which a thread should add up as many at least. */
    private static final int LEAST_SHARE = Parallel.least(0.2);

    private static final int CHUNK = 2048;

    /** Chunks whose squares are added in single precision. */
    private static final int CHUNKS_AT_ONCE = 16;

    /** Below it, squares that single precision has no number for could matter: they are less than 1e-38 each. */
    private static final double SMALL = 1e-20;

    private final Norm exact;
    private final List<Part> parts = new ArrayList<>();
    private final Routine addUp;

    /** The norm of a tensor, whenever it is asked for. */
    public QuickNorm(Tensor tensor) {
        exact = new Norm(tensor);
        addUp = tensor.precision() == Precision.FLOAT64
                ? Routine.NOTHING
                : Parallel.loop(tensor.size(), LEAST_SHARE, (from, to) -> {
                    Part part = new Part(tensor.range(from, to - from));
                    parts.add(part);
                    return part;
                });
    }

    /** The square of the norm now; infinite or NaN if an element is. */
    public double square() {
        addUp.run();
        double square = 0;
        for (int i = 0; i < parts.size(); i++) {
            square += parts.get(i).square;
        }
        return square > SMALL && square < Double.POSITIVE_INFINITY ? square : exact.square();
    }

    /** The elements of one thread. */
    private static final class Part implements Routine {
        private final Tensor tensor;
        private final float[] chunk;
        private final float[] strands;
        private double square;

        Part(Tensor tensor) {
            this.tensor = tensor;
            chunk = new float[Math.min(CHUNK, tensor.size())];
            strands = new float[chunk.length];
        }

        @Override
        public void run() {
            square = 0;
            for (int from = 0, done = 0; from < tensor.size(); from += chunk.length) {
                int n = Math.min(chunk.length, tensor.size() - from);
                tensor.read(from, chunk, 0, n);
                addSquares(strands, chunk, n);
                if (++done % CHUNKS_AT_ONCE == 0 || from + n == tensor.size()) {
                    square += Sums.sum(strands);
                    Arrays.fill(strands, 0);
                }
            }
        }

        private static void addSquares(float[] strands, float[] x, int n) {
            for (int i = 0; i < n; i++) {
                strands[i] += x[i] * x[i];
            }
        }
    }
}
