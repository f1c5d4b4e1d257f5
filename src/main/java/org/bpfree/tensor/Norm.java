package org.bpfree.tensor;

/** The Euclidean norm of one tensor, which for a matrix is the Frobenius norm; formed in double precision. */
public final class Norm {
    private static final int CHUNK = 2048;

    private final Tensor tensor;
    private final double[] chunk;

    /** The norm of a tensor, whenever it is asked for. */
    public Norm(Tensor tensor) {
        this.tensor = tensor;
        chunk = new double[Math.min(CHUNK, tensor.size())];
    }

    /** The norm now. */
    public double value() {
        return Math.sqrt(square());
    }

    /** The square of the norm now: the sum of the squares of all elements. */
    public double square() {
        double square = 0;
        for (int from = 0; from < tensor.size(); from += chunk.length) {
            int n = Math.min(chunk.length, tensor.size() - from);
            tensor.read(from, chunk, 0, n);
            double ofChunk = 0;
            for (int i = 0; i < n; i++) {
                ofChunk += chunk[i] * chunk[i];
            }
            square += ofChunk;
        }
        return square;
    }

    /** Multiplies the tensor by what gives it a norm; zeros stay zeros. */
    public void rescale(double norm) {
        double present = value();
        double factor = present > 0 ? norm / present : 1;
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
