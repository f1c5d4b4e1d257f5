package org.bpfree.measure.oracle;

import java.util.stream.IntStream;
import org.bpfree.graph.Op;
import org.bpfree.graph.op.GlobalAveragePoolOp;
import org.bpfree.graph.op.PoolOp;
import org.bpfree.graph.op.SumPoolOp;
import org.bpfree.tensor.Pooling;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Window;

/**
 * Windows over maps, each reduced to the largest value (of equals the first in rows), the mean of the pixels inside the map, or a weighted
 * sum. A pool keeps for each value of its output where the input's share lies, so that forward and backward read the same list.
 *
 * @param window of the pool, null for one window over everything
 * @param largest whether the largest value counts, and no other
 * @param weight factor on sums; 0 for means
 */
record NaivePool(Window window, boolean largest, double weight) implements NaiveOp {
    static NaiveOp of(Op op) {
        if (op instanceof PoolOp pool) {
            return new NaivePool(pool.window(), pool.reduction() == Pooling.Reduction.MAX, 0);
        }
        if (op instanceof SumPoolOp sum) {
            return new NaivePool(new Window(sum.size(), sum.size(), false), false, sum.weight());
        }
        return op instanceof GlobalAveragePoolOp ? new NaivePool(null, false, 0) : null;
    }

    @FunctionalInterface
    private interface Share {
        void of(int output, int input, double weight);
    }

    private void eachShare(NodeRun run, Share share) {
        int[] winners = (int[]) run.memory;
        int[][] members = largest ? null : members(run.in(0), run.out());
        int channels = run.in(0).extent(-1);
        int perSample = Math.toIntExact(run.out().size());
        int perInput = Math.toIntExact(run.in(0).size());
        for (int at = 0; at < run.output.length; at++) {
            if (largest) {
                share.of(at, winners[at], 1);
                continue;
            }
            int[] pixels = members[at % perSample / channels];
            for (int pixel : pixels) {
                int input = at / perSample * perInput + pixel * channels + at % channels;
                share.of(at, input, weight == 0 ? 1.0 / pixels.length : weight);
            }
        }
    }

    /** The pixels inside the map of each window, row by row. */
    private int[][] members(Shape in, Shape out) {
        if (window == null) {
            return new int[][] {
                IntStream.range(0, Math.toIntExact(in.size() / in.extent(-1))).toArray()
            };
        }
        int[][] members = new int[out.extent(0) * out.extent(1)][];
        for (int i = 0; i < members.length; i++) {
            int top =
                    i / out.extent(1) * window.stride() - NaiveConvolution.padding(window, in.extent(0), out.extent(0));
            int left =
                    i % out.extent(1) * window.stride() - NaiveConvolution.padding(window, in.extent(1), out.extent(1));
            members[i] = IntStream.range(0, window.size() * window.size())
                    .filter(k -> inside(top + k / window.size(), in.extent(0))
                            && inside(left + k % window.size(), in.extent(1)))
                    .map(k -> (top + k / window.size()) * in.extent(1) + left + k % window.size())
                    .toArray();
        }
        return members;
    }

    private static boolean inside(int index, int extent) {
        return index >= 0 && index < extent;
    }

    @Override
    public void forward(NodeRun run) {
        if (largest) {
            run.memory = winners(run);
        }
        eachShare(run, (at, from, share) -> run.output[at] += share * run.inputs[0][from]);
    }

    /** Where each largest value lies; among values that rounding cannot tell apart, where the learner's own is largest. */
    private int[] winners(NodeRun run) {
        Shape in = run.in(0);
        int channels = in.extent(2);
        int perSample = Math.toIntExact(run.out().size());
        double[] x = run.inputs[0];
        double scale = Arithmetic.largest(x);
        double[] published = run.publishedActivation(run.node.inputs().get(0));
        int[][] members = members(in, run.out());
        int[] winners = new int[run.output.length];
        for (int at = 0; at < winners.length; at++) {
            int from = at / perSample * Math.toIntExact(in.size()) + at % channels;
            int[] pixels = members[at % perSample / channels];
            double best = Double.NEGATIVE_INFINITY;
            for (int pixel : pixels) {
                best = Math.max(best, x[from + pixel * channels]);
            }
            int winner = -1;
            for (int pixel : pixels) {
                int place = from + pixel * channels;
                boolean candidate = run.arithmetic.ties(x[place], best, scale, published != null);
                winner = candidate && (winner < 0 || wins(published, x, place, winner)) ? place : winner;
            }
            winners[at] = winner;
        }
        return winners;
    }

    /** Of numbers that rounding cannot tell apart the learner's larger one wins, or where it publishes none the smaller one. */
    private static boolean wins(double[] published, double[] x, int place, int winner) {
        return published == null ? x[place] < x[winner] : published[place] > published[winner];
    }

    @Override
    public void backward(NodeRun run, Flow flow) {
        if (flow.inputErrors()[0] != null) {
            eachShare(run, (at, to, share) -> flow.inputErrors()[0][to] += share * flow.error()[at]);
        }
    }
}
