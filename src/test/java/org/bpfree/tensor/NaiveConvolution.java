package org.bpfree.tensor;

/** Cross-correlation and its adjoints as loops over the definition; slow and plain, the oracle of the fast kernels. */
final class NaiveConvolution {
    private final double[] x;
    private final double[] w;
    private final double[] b;
    private final double[] e;
    private final Shape in;
    private final Shape out;
    private final Window window;

    NaiveConvolution(Tensor input, Tensor weights, Tensor bias, Tensor error, Window window) {
        x = input.toDoubles();
        w = weights.toDoubles();
        b = bias.toDoubles();
        e = error.toDoubles();
        in = input.shape();
        out = error.shape();
        this.window = window;
    }

    @FunctionalInterface
    private interface Term {
        void add(int inputIndex, int weightIndex, int outputIndex);
    }

    double[] output() {
        double[] y = new double[e.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = b[i % b.length];
        }
        forEachTerm((i, k, o) -> y[o] += x[i] * w[k]);
        return y;
    }

    double[] inputError() {
        double[] error = new double[x.length];
        forEachTerm((i, k, o) -> error[i] += e[o] * w[k]);
        return error;
    }

    double[] weightGradient() {
        double[] gradient = new double[w.length];
        forEachTerm((i, k, o) -> gradient[k] += e[o] * x[i]);
        return gradient;
    }

    double[] biasGradient() {
        double[] gradient = new double[b.length];
        for (int o = 0; o < e.length; o++) {
            gradient[o % b.length] += e[o];
        }
        return gradient;
    }

    private void forEachTerm(Term term) {
        int size = window.size();
        int channels = in.extent(3);
        int filters = out.extent(3);
        for (int n = 0; n < out.extent(0); n++) {
            for (int y = 0; y < out.extent(1); y++) {
                for (int x = 0; x < out.extent(2); x++) {
                    for (int ky = 0; ky < size; ky++) {
                        for (int kx = 0; kx < size; kx++) {
                            int row = y * window.stride() + ky - window.paddingBefore(in.extent(1));
                            int column = x * window.stride() + kx - window.paddingBefore(in.extent(2));
                            if (row < 0 || row >= in.extent(1) || column < 0 || column >= in.extent(2)) {
                                continue;
                            }
                            int pixel = ((n * in.extent(1) + row) * in.extent(2) + column) * channels;
                            int position = ((n * out.extent(1) + y) * out.extent(2) + x) * filters;
                            for (int f = 0; f < filters; f++) {
                                for (int c = 0; c < channels; c++) {
                                    term.add(pixel + c, ((f * size + ky) * size + kx) * channels + c, position + f);
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
