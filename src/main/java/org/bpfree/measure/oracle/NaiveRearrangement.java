package org.bpfree.measure.oracle;

import org.bpfree.graph.Op;
import org.bpfree.graph.op.InputOp;
import org.bpfree.graph.op.PositionEmbeddingOp;
import org.bpfree.graph.op.RowOp;
import org.bpfree.graph.op.TokensOp;
import org.bpfree.graph.op.ViewOp;

/**
 * Numbers handed on as they are: all of them, one row of each sample, or each with a parameter added.
 *
 * @param row which row, or -1 for everything
 * @param embedding whether a parameter of the size of a sample is added
 */
record NaiveRearrangement(int row, boolean embedding) implements NaiveOp {
    static NaiveOp of(Op op) {
        if (op instanceof RowOp one) {
            return new NaiveRearrangement(one.index(), false);
        }
        boolean whole = op instanceof InputOp || op instanceof ViewOp || op instanceof TokensOp;
        return whole || op instanceof PositionEmbeddingOp ? new NaiveRearrangement(-1, !whole) : null;
    }

    private int place(NodeRun run, int at) {
        int own = Math.toIntExact(run.out().size());
        return row < 0 ? at : at / own * Math.toIntExact(run.in(0).size()) + row * own + at % own;
    }

    @Override
    public void forward(NodeRun run) {
        for (int at = 0; at < run.output.length; at++) {
            double added = embedding ? run.parameters[0][at % run.parameters[0].length] : 0;
            run.output[at] = run.inputs[0][place(run, at)] + added;
        }
    }

    @Override
    public void backward(NodeRun run, Flow flow) {
        for (int at = 0; at < run.output.length && flow.inputErrors()[0] != null; at++) {
            flow.inputErrors()[0][place(run, at)] += flow.error()[at];
        }
        if (embedding && flow.gradients()[0] != null) {
            Loops.addRows(flow.error(), flow.gradients()[0]);
        }
    }
}
