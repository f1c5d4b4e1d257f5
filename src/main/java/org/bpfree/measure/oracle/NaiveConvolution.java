package org.bpfree.measure.oracle;

import org.bpfree.graph.Op;
import org.bpfree.graph.op.ConvOp;
import org.bpfree.graph.op.SquareConvOp;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Window;

/**
 * {@code out[y, x, f] = b[f] + sum over i, j, c of in[y s + i - p, x s + j - p, c] w[f, i, j, c]}. Of a square layer's weights the rows of the
 * filters that are read count.
 *
 * @param window size, stride and padding of the kernels
 */
record NaiveConvolution(Window window) implements NaiveOp {
    static NaiveOp of(Op op) {
        return op instanceof ConvOp conv
                ? new NaiveConvolution(conv.window())
                : op instanceof SquareConvOp square ? new NaiveConvolution(square.window()) : null;
    }

    /** Pixels of padding before an axis: with {@code same}, half of what the windows reach beyond it. */
    static int padding(Window window, int extent, int count) {
        return window.same() ? Math.max((count - 1) * window.stride() + window.size() - extent, 0) / 2 : 0;
    }

    @FunctionalInterface
    private interface Tap {
        /** A pixel of the output, a pixel of the input under its window, and the place in the kernel: offsets of their channels. */
        void at(int outputPixel, int inputPixel, int kernelPlace);
    }

    private void eachTap(Shape in, Shape out, int samples, Tap tap) {
        int size = window.size();
        int top = padding(window, in.extent(0), out.extent(0));
        int left = padding(window, in.extent(1), out.extent(1));
        for (int n = 0; n < samples; n++) {
            for (int y = 0; y < out.extent(0); y++) {
                for (int x = 0; x < out.extent(1); x++) {
                    int pixel = ((n * out.extent(0) + y) * out.extent(1) + x) * out.extent(2);
                    for (int i = 0; i < size; i++) {
                        for (int j = 0; j < size; j++) {
                            int row = y * window.stride() + i - top;
                            int column = x * window.stride() + j - left;
                            if (row >= 0 && row < in.extent(0) && column >= 0 && column < in.extent(1)) {
                                int source = ((n * in.extent(0) + row) * in.extent(1) + column) * in.extent(2);
                                tap.at(pixel, source, (i * size + j) * in.extent(2));
                            }
                        }
                    }
                }
            }
        }
    }

    @Override
    public void forward(NodeRun run) {
        int channels = run.in(0).extent(2);
        int filters = run.out().extent(2);
        int kernel = window.size() * window.size() * channels;
        double[] byInput = transpose(run.parameters[0], filters, kernel);
        double[] bias = run.parameters.length > 1 ? run.parameters[1] : new double[filters];
        for (int at = 0; at < run.output.length; at += filters) {
            System.arraycopy(bias, 0, run.output, at, filters);
        }
        eachTap(run.in(0), run.out(), run.samples, (pixel, source, place) -> {
            for (int c = 0; c < channels; c++) {
                Loops.addScaled(run.inputs[0][source + c], byInput, (place + c) * filters, run.output, pixel, filters);
            }
        });
    }

    @Override
    public void backward(NodeRun run, Flow flow) {
        int filters = run.out().extent(2);
        if (flow.inputErrors()[0] != null) {
            inputError(run.in(0), run.out(), run.samples, flow.standIns()[0], flow.error(), flow.inputErrors()[0]);
        }
        double[] gradient = flow.gradients()[0];
        int channels = run.in(0).extent(2);
        int kernel = window.size() * window.size() * channels;
        if (gradient != null) {
            eachTap(run.in(0), run.out(), run.samples, (pixel, source, place) -> {
                for (int f = 0; f < filters; f++) {
                    Loops.addScaled(
                            flow.error()[pixel + f], run.inputs[0], source, gradient, f * kernel + place, channels);
                }
            });
        }
        if (run.parameters.length > 1 && flow.gradients()[1] != null) {
            Loops.addRows(flow.error(), flow.gradients()[1]);
        }
    }

    /** Adds the transposed convolution of an error with kernels {@code [filters, size, size, channels]}. */
    void inputError(Shape in, Shape out, int samples, double[] kernels, double[] error, double[] inputError) {
        int channels = in.extent(2);
        int filters = out.extent(2);
        int kernel = window.size() * window.size() * channels;
        eachTap(in, out, samples, (pixel, source, place) -> {
            for (int f = 0; f < filters; f++) {
                Loops.addScaled(error[pixel + f], kernels, f * kernel + place, inputError, source, channels);
            }
        });
    }

    private static double[] transpose(double[] weights, int filters, int kernel) {
        double[] transposed = new double[filters * kernel];
        for (int f = 0; f < filters; f++) {
            for (int k = 0; k < kernel; k++) {
                transposed[k * filters + f] = weights[f * kernel + k];
            }
        }
        return transposed;
    }
}
