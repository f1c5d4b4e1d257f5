package org.bpfree.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * The Euclidean norm of one tensor, which for a matrix is the Frobenius norm; formed in double precision. Depends on the number of
 * threads in its last digits.
 */
public final class Norm {
    /** Elements of which a thread should have as many at least. */
    private static final int LEAST_SHARE = 1 << 15;

    private final List<Part> parts = new ArrayList<>();
    private final Routine squares;

    /** The norm of a tensor, whenever it is asked for. */
    public Norm(Tensor tensor) {
        squares = Parallel.loop(tensor.size(), LEAST_SHARE, (from, to) -> {
            Part part = new Part(tensor.range(from, to - from));
            parts.add(part);
            return part::addUp;
        });
    }

    /** The norm now. */
    public double value() {
        return Math.sqrt(square());
    }

    /** The square of the norm now: the sum of the squares of all elements. */
    public double square() {
        squares.run();
        double square = 0;
        for (int i = 0; i < parts.size(); i++) {
            square += parts.get(i).square;
        }
        return square;
    }

    /** Multiplies the tensor by what gives it a norm; zeros stay zeros. */
    public void rescale(double norm) {
        double present = value();
        double factor = present > 0 ? norm / present : 1;
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).scale(factor);
        }
    }

    /** The elements of one thread. */
    private static final class Part {
        private static final int CHUNK = 2048;

        private final Tensor tensor;
        private final double[] chunk;
        private double square;

        Part(Tensor tensor) {
            this.tensor = tensor;
            chunk = new double[Math.min(CHUNK, tensor.size())];
        }

        void addUp() {
            square = 0;
            for (int from = 0; from < tensor.size(); from += chunk.length) {
                int n = Math.min(chunk.length, tensor.size() - from);
                tensor.read(from, chunk, 0, n);
                square += squareOfChunk(n);
            }
        }

        /** Four sums, so that they do not wait for each other. */
        private double squareOfChunk(int n) {
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            int i = 0;
            for (; i + 4 <= n; i += 4) {
                a += chunk[i] * chunk[i];
                b += chunk[i + 1] * chunk[i + 1];
                c += chunk[i + 2] * chunk[i + 2];
                d += chunk[i + 3] * chunk[i + 3];
            }
            for (; i < n; i++) {
                a += chunk[i] * chunk[i];
            }
            return a + b + (c + d);
        }

        void scale(double factor) {
            for (int from = 0; from < tensor.size(); from += chunk.length) {
                int n = Math.min(chunk.length, tensor.size() - from);
                tensor.read(from, chunk, 0, n);
                for (int i = 0; i < n; i++) {
                    chunk[i] *= factor;
                }
                tensor.write(from, chunk, 0, n);
            }
        }
    }
}
