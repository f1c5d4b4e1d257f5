package org.bpfree.measure.oracle;

import org.bpfree.graph.Op;
import org.bpfree.graph.op.BatchNormOp;
import org.bpfree.graph.op.LayerNormOp;

/**
 * {@code y = scale (x - mean) / sqrt(variance + epsilon) + shift}, with mean and variance over a group of numbers: those of a channel in the
 * whole batch, or those of a row. With {@code g = scale e} the error of {@code x} is {@code (g - mean(g) - x^ mean(g x^)) / deviation},
 * {@code x^} standardized.
 *
 * @param epsilon added to the variance
 * @param byChannel whether a group is a channel of the batch; else it is a row
 */
record NaiveNormalization(double epsilon, boolean byChannel) implements NaiveOp {
    static NaiveOp of(Op op) {
        return op instanceof BatchNormOp batch
                ? new NaiveNormalization(batch.epsilon(), true)
                : op instanceof LayerNormOp layer ? new NaiveNormalization(layer.epsilon(), false) : null;
    }

    /** Standardized numbers and the deviation of each group. */
    private record Memory(double[] standardized, double[] deviations) {}

    private int groups(NodeRun run) {
        int last = run.out().extent(-1);
        return byChannel ? last : run.output.length / last;
    }

    /** The place of member {@code i} of a group. */
    private int place(NodeRun run, int group, int i) {
        int last = run.out().extent(-1);
        return byChannel ? i * last + group : group * last + i;
    }

    @Override
    public void forward(NodeRun run) {
        double[] x = run.inputs[0];
        int groups = groups(run);
        int members = x.length / groups;
        Memory memory = new Memory(new double[x.length], new double[groups]);
        run.memory = memory;
        for (int group = 0; group < groups; group++) {
            double mean = 0;
            for (int i = 0; i < members; i++) {
                mean += x[place(run, group, i)] / members;
            }
            boolean remembered = byChannel && run.predicts();
            mean = remembered ? run.parameters[2][group] : mean;
            double variance = 0;
            for (int i = 0; i < members; i++) {
                double distance = x[place(run, group, i)] - mean;
                variance += distance * distance / members;
            }
            variance = remembered ? run.parameters[3][group] : variance;
            memory.deviations[group] = Math.sqrt(variance + epsilon);
            for (int i = 0; i < members; i++) {
                int at = place(run, group, i);
                memory.standardized[at] = (x[at] - mean) / memory.deviations[group];
            }
        }
        int last = run.out().extent(-1);
        for (int at = 0; at < x.length; at++) {
            run.output[at] = run.parameters[0][at % last] * memory.standardized[at] + run.parameters[1][at % last];
        }
    }

    @Override
    public void backward(NodeRun run, Flow flow) {
        Memory memory = (Memory) run.memory;
        double[] error = flow.error();
        int last = run.out().extent(-1);
        for (int at = 0; at < error.length; at++) {
            if (flow.gradients()[0] != null) {
                flow.gradients()[0][at % last] += error[at] * memory.standardized[at];
            }
            if (flow.gradients()[1] != null) {
                flow.gradients()[1][at % last] += error[at];
            }
        }
        if (flow.inputErrors()[0] == null) {
            return;
        }
        double[] scale = flow.standIns()[0];
        int groups = groups(run);
        int members = error.length / groups;
        for (int group = 0; group < groups; group++) {
            double mean = 0;
            double product = 0;
            for (int i = 0; i < members; i++) {
                int at = place(run, group, i);
                double g = scale[at % last] * error[at];
                mean += g / members;
                product += g * memory.standardized[at] / members;
            }
            for (int i = 0; i < members; i++) {
                int at = place(run, group, i);
                double g = scale[at % last] * error[at];
                flow.inputErrors()[0][at] += (g - mean - memory.standardized[at] * product) / memory.deviations[group];
            }
        }
    }
}
