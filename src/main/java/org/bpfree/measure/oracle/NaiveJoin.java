package org.bpfree.measure.oracle;

import org.bpfree.graph.Op;
import org.bpfree.graph.op.AddOp;
import org.bpfree.graph.op.ConcatOp;
import org.bpfree.graph.op.MultiplyOp;

/** Several inputs made one: their sum, their product, or side by side along the last axis. */
enum NaiveJoin implements NaiveOp {
    SUM {
        @Override
        public void forward(NodeRun run) {
            for (double[] input : run.inputs) {
                Loops.add(input, run.output);
            }
        }

        @Override
        public void backward(NodeRun run, Flow flow) {
            for (double[] inputError : flow.inputErrors()) {
                if (inputError != null) {
                    Loops.add(flow.error(), inputError);
                }
            }
        }
    },
    PRODUCT {
        @Override
        public void forward(NodeRun run) {
            for (int at = 0; at < run.output.length; at++) {
                run.output[at] = productWithout(-1, run, at);
            }
        }

        @Override
        public void backward(NodeRun run, Flow flow) {
            for (int input = 0; input < run.inputs.length; input++) {
                for (int at = 0; at < run.output.length && flow.inputErrors()[input] != null; at++) {
                    flow.inputErrors()[input][at] += flow.error()[at] * productWithout(input, run, at);
                }
            }
        }

        private double productWithout(int left, NodeRun run, int at) {
            double product = 1;
            for (int input = 0; input < run.inputs.length; input++) {
                product *= input == left ? 1 : run.inputs[input][at];
            }
            return product;
        }
    },
    SIDE_BY_SIDE {
        @Override
        public void forward(NodeRun run) {
            int column = 0;
            int width = run.out().extent(-1);
            for (int input = 0; input < run.inputs.length; input++) {
                int own = run.in(input).extent(-1);
                for (int at = 0; at < run.inputs[input].length; at++) {
                    run.output[at / own * width + column + at % own] = run.inputs[input][at];
                }
                column += own;
            }
        }

        @Override
        public void backward(NodeRun run, Flow flow) {
            int column = 0;
            int width = run.out().extent(-1);
            for (int input = 0; input < run.inputs.length; input++) {
                int own = run.in(input).extent(-1);
                for (int at = 0; at < run.inputs[input].length && flow.inputErrors()[input] != null; at++) {
                    flow.inputErrors()[input][at] += flow.error()[at / own * width + column + at % own];
                }
                column += own;
            }
        }
    };

    static NaiveOp of(Op op) {
        return op instanceof AddOp
                ? SUM
                : op instanceof MultiplyOp ? PRODUCT : op instanceof ConcatOp ? SIDE_BY_SIDE : null;
    }
}
