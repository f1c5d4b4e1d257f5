package org.bpfree.measure.oracle;

import org.bpfree.graph.Op;
import org.bpfree.graph.op.AttentionOp;

/**
 * {@code A = softmax(q k^T / sqrt(d))}, {@code out = A v}, for each sample and head of {@code d} features (Vaswani et al. 2017, section 3.2).
 *
 * @param heads number of heads
 */
record NaiveAttention(int heads) implements NaiveOp {
    static NaiveOp of(Op op) {
        return op instanceof AttentionOp attention ? new NaiveAttention(attention.heads()) : null;
    }

    @FunctionalInterface
    private interface Row {
        /** One query of one head: where its features begin, where those of token 0 begin, and its row of {@code A}. */
        void at(int query, int first, double[] shares);
    }

    private void eachRow(NodeRun run, Row row) {
        int tokens = run.out().extent(0);
        int features = run.out().extent(1);
        int width = features / heads;
        double[][][] memory = (double[][][]) run.memory;
        for (int n = 0; n < run.samples; n++) {
            for (int head = 0; head < heads; head++) {
                int first = n * tokens * features + head * width;
                for (int i = 0; i < tokens; i++) {
                    row.at(first + i * features, first, memory[n * heads + head][i]);
                }
            }
        }
    }

    @Override
    public void forward(NodeRun run) {
        int tokens = run.out().extent(0);
        int features = run.out().extent(1);
        int width = features / heads;
        run.memory = new double[run.samples * heads][tokens][tokens];
        eachRow(run, (query, first, shares) -> {
            double largest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < tokens; j++) {
                for (int f = 0; f < width; f++) {
                    shares[j] += run.inputs[0][query + f] * run.inputs[1][first + j * features + f] / Math.sqrt(width);
                }
                largest = Math.max(largest, shares[j]);
            }
            double sum = 0;
            for (int j = 0; j < tokens; j++) {
                shares[j] = Math.exp(shares[j] - largest);
                sum += shares[j];
            }
            for (int j = 0; j < tokens; j++) {
                shares[j] /= sum;
                Loops.addScaled(shares[j], run.inputs[2], first + j * features, run.output, query, width);
            }
        });
    }

    @Override
    public void backward(NodeRun run, Flow flow) {
        int tokens = run.out().extent(0);
        int features = run.out().extent(1);
        int width = features / heads;
        double[] error = flow.error();
        eachRow(run, (query, first, shares) -> {
            double[] g = new double[tokens]; // error of the shares
            double mean = 0;
            for (int j = 0; j < tokens; j++) {
                for (int f = 0; f < width; f++) {
                    g[j] += error[query + f] * run.inputs[2][first + j * features + f];
                }
                mean += g[j] * shares[j];
            }
            for (int j = 0; j < tokens; j++) {
                double score = shares[j] * (g[j] - mean) / Math.sqrt(width);
                int key = first + j * features;
                add(score, run.inputs[1], key, flow.inputErrors()[0], query, width);
                add(score, run.inputs[0], query, flow.inputErrors()[1], key, width);
                add(shares[j], error, query, flow.inputErrors()[2], key, width);
            }
        });
    }

    private static void add(double factor, double[] from, int fromStart, double[] to, int toStart, int count) {
        if (to != null) {
            Loops.addScaled(factor, from, fromStart, to, toStart, count);
        }
    }
}
