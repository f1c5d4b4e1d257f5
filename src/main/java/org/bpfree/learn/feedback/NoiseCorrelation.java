package org.bpfree.learn.feedback;

import java.util.random.RandomGenerator;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Chunked;
import org.bpfree.tensor.MatrixProduct;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * The mirror of one weight matrix. Noise {@code xi} of {@code m} vectors with independent elements of mean 0 and variance 1 goes
 * through the weights, and feedback moves towards the correlation of what comes out with what went in:
 *
 * <pre>
 *   y = xi W^T                      [m, out]
 *   B &lt;- (1 - mu) B + mu s/m y^T xi  [out, in]
 * </pre>
 *
 * Since the expectation of {@code xi^T xi / m} is the identity, that of the correlation is {@code W}, times the scale {@code s}.
 * Elements are 1 or -1, which has the least variance of all such noise. Kernels {@code [out, size, size, in]} are matrices over the
 * patch {@code size * size * in}.
 */
final class NoiseCorrelation {
    private final Tensor noise;
    private final double[] row;
    private final Routine correlate;
    private final Routine blend;
    private double kept;
    private double added;

    NoiseCorrelation(Tensor weights, Tensor feedback, double scale, int samples, Arena arena) {
        int out = weights.shape().extent(0);
        int in = weights.size() / out;
        Shape matrix = Shape.of(out, in);
        noise = arena.fixed("mirror/noise/" + in, Shape.of(samples, in));
        row = new double[in];
        Tensor response = arena.fixed("mirror/response/" + out, Shape.of(samples, out));
        Tensor correlation = arena.fixed("mirror/correlation/" + matrix, matrix);
        correlate = MatrixProduct.withSecondTransposed(noise, weights.reshape(matrix), response)
                .then(MatrixProduct.withFirstTransposed(response, noise, correlation));
        Tensor mirrored = feedback.reshape(matrix);
        double factor = scale / samples;
        blend = Chunked.map(mirrored, correlation, mirrored, (b, c, n) -> {
            for (int i = 0; i < n; i++) {
                b[i] = kept * b[i] + added * factor * c[i];
            }
        });
    }

    /** Replaces the share {@code mu} of the feedback. */
    void step(double mu, RandomGenerator random) {
        for (int from = 0; from < noise.size(); from += row.length) {
            long bits = 0;
            for (int i = 0; i < row.length; i++) {
                bits = i % Long.SIZE == 0 ? random.nextLong() : bits >>> 1;
                row[i] = (bits & 1) == 0 ? -1 : 1;
            }
            noise.write(from, row, 0, row.length);
        }
        correlate.run();
        kept = 1 - mu;
        added = mu;
        blend.run();
    }
}
