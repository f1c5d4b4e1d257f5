package org.bpfree.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scaled dot-product attention (Vaswani et al., <i>Attention Is All You Need</i>, 2017, section 3.2). With queries, keys and values
 * {@code [batch, tokens, heads * d]}, for each sample and head
 *
 * <pre>
 *   A = softmax(q k^T / sqrt(d))   [tokens, tokens], each row sums to 1
 *   output = A v
 * </pre>
 *
 * <p>Heads are read and written in place, by native matrix products on views with strides; nothing is copied.
 */
public final class Attention {
    /** Elements of {@code A} of which a thread should have as many at least. */
    private static final int LEAST_SHARE = 1 << 13;

    private final Tensor[] inputs;
    private final Tensor output;
    private final Tensor weights;
    private final int heads;
    private final double scale;

    /**
     * Binds to tensors.
     *
     * @param queries {@code [batch, tokens, heads * d]}, as are keys, values and output
     * @param weights {@code [batch, heads, tokens, tokens]}, written by the forward and read by the backward: the {@code A} above
     */
    public Attention(Tensor queries, Tensor keys, Tensor values, Tensor output, Tensor weights) {
        this.inputs = new Tensor[] {queries, keys, values};
        this.output = output;
        this.weights = weights;
        heads = weights.shape().extent(1);
        scale = 1 / Math.sqrt(queries.shape().extent(2) / (double) heads);
    }

    /** Computes {@code A} and the output, for some samples on each thread. */
    public Routine forward() {
        return loop((from, count) -> part(from, count).forwardHere());
    }

    private Routine forwardHere() {
        return product(view(inputs[0]), false, view(inputs[1]), true, weights.array(), scale)
                .then(NativeOp.of("softmax", new Tensor[] {weights}, weights))
                .then(product(weights.array(), false, view(inputs[2]), false, view(output), 1));
    }

    /**
     * The adjoint of the last {@link #forward}.
     *
     * @param error of the output, read
     * @param inputErrors of queries, keys and values, written; null entries are not wanted
     * @param scratch {@code [batch, heads, tokens, tokens]}, overwritten
     */
    public Routine backward(Tensor error, Tensor[] inputErrors, Tensor scratch) {
        return loop((from, count) -> part(from, count)
                .backwardHere(error.slice(from, count), slices(inputErrors, from, count), scratch.slice(from, count)));
    }

    /** The work on some samples. */
    @FunctionalInterface
    private interface Samples {
        Routine of(int from, int count);
    }

    private Routine loop(Samples samples) {
        int least = LEAST_SHARE / Math.toIntExact(weights.shape().inner().size()) + 1;
        return Parallel.loop(weights.shape().extent(0), least, (from, to) -> samples.of(from, to - from));
    }

    private Attention part(int from, int count) {
        Tensor[] some = slices(inputs, from, count);
        return new Attention(some[0], some[1], some[2], output.slice(from, count), weights.slice(from, count));
    }

    private static Tensor[] slices(Tensor[] tensors, int from, int count) {
        Tensor[] slices = new Tensor[tensors.length];
        for (int i = 0; i < slices.length; i++) {
            slices[i] = tensors[i] == null ? null : tensors[i].slice(from, count);
        }
        return slices;
    }

    private Routine backwardHere(Tensor error, Tensor[] inputErrors, Tensor scratch) {
        Routine routine = Routine.NOTHING;
        if (inputErrors[2] != null) {
            routine = product(weights.array(), true, view(error), false, view(inputErrors[2]), 1);
        }
        if (inputErrors[0] == null && inputErrors[1] == null) {
            return routine;
        }
        routine = routine.then(product(view(error), false, view(inputs[2]), true, scratch.array(), 1))
                .then(softmaxBackward(scratch));
        if (inputErrors[0] != null) {
            routine =
                    routine.then(product(scratch.array(), false, view(inputs[1]), false, view(inputErrors[0]), scale));
        }
        return inputErrors[1] == null
                ? routine
                : routine.then(product(scratch.array(), true, view(inputs[0]), false, view(inputErrors[1]), scale));
    }

    /** Replaces each row {@code g} of errors of {@code A} by {@code A * (g - sum(g * A))}. */
    private Routine softmaxBackward(Tensor errors) {
        int tokens = weights.shape().extent(3);
        int rows = weights.size() / tokens;
        int rowsAtOnce = Math.max(1, 2048 / tokens);
        double[] a = new double[rowsAtOnce * tokens];
        double[] g = new double[rowsAtOnce * tokens];
        return () -> {
            for (int row = 0; row < rows; row += rowsAtOnce) {
                int count = Math.min(rowsAtOnce, rows - row) * tokens;
                weights.read(row * tokens, a, 0, count);
                errors.read(row * tokens, g, 0, count);
                for (int from = 0; from < count; from += tokens) {
                    double sum = Sums.dot(g, a, from, tokens);
                    for (int i = from; i < from + tokens; i++) {
                        g[i] = a[i] * (g[i] - sum);
                    }
                }
                errors.write(row * tokens, g, 0, count);
            }
        };
    }

    private INDArray view(Tensor tokens) {
        return tokens.splitIntoHeads(heads);
    }

    private static Routine product(
            INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray output, double factor) {
        return NativeOp.onViews("matmul", new INDArray[] {a, b}, output, new double[] {factor, 0}, new long[] {
            transposeA ? 1 : 0, transposeB ? 1 : 0, 0
        });
    }
}
