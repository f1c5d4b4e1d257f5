package org.bpfree.measure.oracle;

import java.util.random.RandomGenerator;
import org.bpfree.graph.Op;
import org.bpfree.graph.op.DropoutOp;

/**
 * A factor on each number, 0 with probability {@code rate} and {@code 1 / (1 - rate)} else. One number is drawn for what is silenced together,
 * in the order of the sample: a value, a channel of a row, or a channel. A sample that comes at several times keeps its factors.
 *
 * @param op rate, and what is silenced together
 */
record NaiveDropout(DropoutOp op) implements NaiveOp {
    static NaiveOp of(Op op) {
        return op instanceof DropoutOp dropout ? new NaiveDropout(dropout) : null;
    }

    @Override
    public void forward(NodeRun run) {
        int size = Math.toIntExact(run.out().size());
        RandomGenerator random = run.noise("dropout");
        double[] factors = new double[run.images() * size];
        for (int at = 0; at < factors.length; at++) {
            int first = firstOfItsKind(run, at % size);
            factors[at] = run.predicts()
                    ? 1
                    : first == at % size
                            ? (random.nextDouble() < op.rate() ? 0 : 1 / (1 - op.rate()))
                            : factors[at / size * size + first];
        }
        run.memory = factors;
        for (int at = 0; at < run.output.length; at++) {
            run.output[at] = run.inputs[0][at] * factors[at % factors.length];
        }
    }

    /** The first place of a sample that shares the fate of another. */
    private int firstOfItsKind(NodeRun run, int at) {
        int channels = run.out().extent(-1);
        return switch (op.together()) {
            case VALUES -> at;
            case ROWS -> {
                int row = run.out().extent(1) * channels;
                yield at / row * row + at % channels;
            }
            case CHANNELS -> at % channels;
        };
    }

    @Override
    public void backward(NodeRun run, Flow flow) {
        double[] factors = (double[]) run.memory;
        for (int at = 0; at < run.output.length && flow.inputErrors()[0] != null; at++) {
            flow.inputErrors()[0][at] += flow.error()[at] * factors[at % factors.length];
        }
    }
}
