package org.bpfree.measure.oracle;

import java.util.Optional;
import org.bpfree.graph.Op;
import org.bpfree.graph.op.GroupNormOp;

/**
 * {@code y = scale (x - mean) / sqrt(variance + epsilon) + shift}, with mean and variance over the channels of a group at all positions of a
 * sample. With {@code g = scale e} the error of {@code x} is {@code (g - mean(g) - x^ mean(g x^)) / deviation}, {@code x^} standardized.
 */
public final class NaiveGroupNormalization implements NaiveFamily {
    @Override
    public Optional<NaiveOp> formula(Op op) {
        return op instanceof GroupNormOp norm
                ? Optional.of(new Formula(norm.groups(), norm.epsilon()))
                : Optional.empty();
    }

    /** Standardized numbers and the deviation of each group of each sample. */
    private record Memory(double[] standardized, double[][] deviations) {}

    private record Formula(int groups, double epsilon) implements NaiveOp {
        private int channels(NodeRun run) {
            return run.out().extent(-1);
        }

        private int group(NodeRun run, int at) {
            return at % channels(run) * groups / channels(run);
        }

        /** Means over each group of a sample of a number for each place. */
        private double[] means(NodeRun run, int sample, double[] numbers) {
            int size = run.output.length / run.samples;
            double[] means = new double[groups];
            for (int at = sample * size; at < (sample + 1) * size; at++) {
                means[group(run, at)] += numbers[at] * groups / size;
            }
            return means;
        }

        @Override
        public void forward(NodeRun run) {
            double[] x = run.inputs[0];
            int size = x.length / run.samples;
            double[] squares = new double[x.length];
            Memory memory = new Memory(new double[x.length], new double[run.samples][groups]);
            run.memory = memory;
            for (int n = 0; n < run.samples; n++) {
                double[] means = means(run, n, x);
                for (int at = n * size; at < (n + 1) * size; at++) {
                    memory.standardized[at] = x[at] - means[group(run, at)];
                    squares[at] = memory.standardized[at] * memory.standardized[at];
                }
                double[] variances = means(run, n, squares);
                for (int at = n * size; at < (n + 1) * size; at++) {
                    int group = group(run, at);
                    memory.deviations[n][group] = Math.sqrt(variances[group] + epsilon);
                    memory.standardized[at] /= memory.deviations[n][group];
                    int channel = at % channels(run);
                    run.output[at] = run.parameters[0][channel] * memory.standardized[at] + run.parameters[1][channel];
                }
            }
        }

        @Override
        public void backward(NodeRun run, Flow flow) {
            Memory memory = (Memory) run.memory;
            double[] error = flow.error();
            double[] scaled = new double[error.length];
            double[] products = new double[error.length];
            for (int at = 0; at < error.length; at++) {
                int channel = at % channels(run);
                if (flow.gradients()[0] != null) {
                    flow.gradients()[0][channel] += error[at] * memory.standardized[at];
                }
                if (flow.gradients()[1] != null) {
                    flow.gradients()[1][channel] += error[at];
                }
                scaled[at] = flow.standIns()[0][channel] * error[at];
                products[at] = scaled[at] * memory.standardized[at];
            }
            int size = error.length / run.samples;
            for (int n = 0; n < run.samples && flow.inputErrors()[0] != null; n++) {
                double[] mean = means(run, n, scaled);
                double[] product = means(run, n, products);
                for (int at = n * size; at < (n + 1) * size; at++) {
                    int group = group(run, at);
                    flow.inputErrors()[0][at] += (scaled[at] - mean[group] - memory.standardized[at] * product[group])
                            / memory.deviations[n][group];
                }
            }
        }
    }
}
