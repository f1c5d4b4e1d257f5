package org.bpfree.measure.oracle;

import org.bpfree.graph.Op;
import org.bpfree.graph.op.DenseOp;
import org.bpfree.graph.op.SquareDenseOp;

/** {@code out[u] = b[u] + sum over i of w[u, i] in[i]}, for each sample and token alone. Of a square layer's rows those that are read count. */
record NaiveDense() implements NaiveOp {
    static NaiveOp of(Op op) {
        return op instanceof DenseOp || op instanceof SquareDenseOp ? new NaiveDense() : null;
    }

    @Override
    public void forward(NodeRun run) {
        int units = run.out().extent(-1);
        int features = run.in(0).extent(-1);
        double[] weights = run.parameters[0];
        for (int row = 0; row < run.output.length / units; row++) {
            for (int u = 0; u < units; u++) {
                double sum = run.parameters.length > 1 ? run.parameters[1][u] : 0;
                for (int i = 0; i < features; i++) {
                    sum += weights[u * features + i] * run.inputs[0][row * features + i];
                }
                run.output[row * units + u] = sum;
            }
        }
    }

    @Override
    public void backward(NodeRun run, Flow flow) {
        int units = run.out().extent(-1);
        int features = run.in(0).extent(-1);
        for (int at = 0; at < flow.error().length; at++) {
            int row = at / units * features;
            int weights = at % units * features;
            if (flow.inputErrors()[0] != null) {
                Loops.addScaled(flow.error()[at], flow.standIns()[0], weights, flow.inputErrors()[0], row, features);
            }
            if (flow.gradients()[0] != null) {
                Loops.addScaled(flow.error()[at], run.inputs[0], row, flow.gradients()[0], weights, features);
            }
        }
        if (run.parameters.length > 1 && flow.gradients()[1] != null) {
            Loops.addRows(flow.error(), flow.gradients()[1]);
        }
    }
}
