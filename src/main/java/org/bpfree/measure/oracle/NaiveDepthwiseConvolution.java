package org.bpfree.measure.oracle;

import java.util.Optional;
import org.bpfree.graph.Op;
import org.bpfree.graph.op.DepthwiseConvOp;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Window;

/** {@code out[y, x, c m + k] = b[c m + k] + sum over i, j of in[y s + i - p, x s + j - p, c] w[c m + k, i, j]}, with {@code m} kernels a channel. */
public final class NaiveDepthwiseConvolution implements NaiveFamily {
    @Override
    public Optional<NaiveOp> formula(Op op) {
        return op instanceof DepthwiseConvOp conv ? Optional.of(new Formula(conv.window())) : Optional.empty();
    }

    @FunctionalInterface
    private interface Tap {
        /** An output, the input that it sees at a place of its kernel, and that place among all weights. */
        void at(int output, int input, int weight);
    }

    private record Formula(Window window) implements NaiveOp {
        private void eachTap(NodeRun run, Tap tap) {
            Shape in = run.in(0);
            Shape out = run.out();
            int size = window.size();
            int top = NaiveConvolution.padding(window, in.extent(0), out.extent(0));
            int left = NaiveConvolution.padding(window, in.extent(1), out.extent(1));
            int multiplier = out.extent(2) / in.extent(2);
            for (int at = 0; at < run.output.length; at++) {
                int k = at % out.extent(2);
                int x = at / out.extent(2) % out.extent(1);
                int y = at / out.extent(2) / out.extent(1) % out.extent(0);
                int n = at / out.extent(2) / out.extent(1) / out.extent(0);
                for (int place = 0; place < size * size; place++) {
                    int row = y * window.stride() + place / size - top;
                    int column = x * window.stride() + place % size - left;
                    if (row >= 0 && row < in.extent(0) && column >= 0 && column < in.extent(1)) {
                        int pixel = (n * in.extent(0) + row) * in.extent(1) + column;
                        tap.at(at, pixel * in.extent(2) + k / multiplier, k * size * size + place);
                    }
                }
            }
        }

        @Override
        public void forward(NodeRun run) {
            for (int at = 0; at < run.output.length && run.parameters.length > 1; at++) {
                run.output[at] = run.parameters[1][at % run.out().extent(2)];
            }
            eachTap(
                    run,
                    (output, input, weight) -> run.output[output] += run.inputs[0][input] * run.parameters[0][weight]);
        }

        @Override
        public void backward(NodeRun run, Flow flow) {
            double[] error = flow.error();
            eachTap(run, (output, input, weight) -> {
                if (flow.inputErrors()[0] != null) {
                    flow.inputErrors()[0][input] += error[output] * flow.standIns()[0][weight];
                }
                if (flow.gradients()[0] != null) {
                    flow.gradients()[0][weight] += error[output] * run.inputs[0][input];
                }
            });
            if (run.parameters.length > 1 && flow.gradients()[1] != null) {
                Loops.addRows(error, flow.gradients()[1]);
            }
        }
    }
}
