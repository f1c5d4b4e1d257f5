package org.bpfree.measure.oracle;

import org.bpfree.graph.Op;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.tensor.ActivationFunction;

/**
 * A function of each number and its derivative.
 *
 * @param function which
 */
record NaiveActivation(ActivationFunction function) implements NaiveOp {
    private static final double LEAK = 0.1;
    private static final double GELU_CUBIC = 0.044715;

    static NaiveOp of(Op op) {
        return op instanceof ActivationOp activation ? new NaiveActivation(activation.function()) : null;
    }

    /** {@code phi(x)}. */
    double value(double x) {
        return switch (function) {
            case TANH -> Math.tanh(x);
            case RELU -> Math.max(x, 0);
            case LEAKY_RELU -> x >= 0 ? x : LEAK * x;
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case GELU -> x / 2 * (1 + Math.tanh(geluInner(x)));
            case HARD_TANH -> Math.max(-1, Math.min(1, x));
            case CLIP -> Math.max(0, Math.min(1, x));
            case HALF_CLIP -> Math.max(0, Math.min(1, x / 2));
            case ELU -> x >= 0 ? x : Math.expm1(x);
            case SIGNUM -> Math.signum(x);
        };
    }

    private static double geluInner(double x) {
        return Math.sqrt(2 / Math.PI) * (x + GELU_CUBIC * x * x * x);
    }

    private double smoothDerivative(double x) {
        double y = value(x);
        return switch (function) {
            case TANH -> 1 - y * y;
            case SIGMOID -> y * (1 - y);
            case GELU -> {
                double t = Math.tanh(geluInner(x));
                double inner = Math.sqrt(2 / Math.PI) * (1 + 3 * GELU_CUBIC * x * x);
                yield (1 + t) / 2 + x / 2 * (1 - t * t) * inner;
            }
            default -> throw new IllegalStateException(function + " has kinks");
        };
    }

    /** {@code phi'}, whose last digits a saturated unit loses in {@code 1 - y}, with the side of each kink that the learner's own numbers decide where rounding would. */
    private double derivative(NodeRun run, int i, double scale, double[] published) {
        double x = run.inputs[0][i];
        double y = published == null ? Double.NaN : published[i];
        Arithmetic arithmetic = run.arithmetic;
        return switch (function) {
            case TANH, SIGMOID, GELU -> run.arithmetic.round(smoothDerivative(x), 1);
            case RELU -> arithmetic.above(x, scale, y) ? 1 : 0;
            case LEAKY_RELU -> x == 0 || arithmetic.above(x, scale, y == 0 ? 1 : y) ? 1 : LEAK;
            case HARD_TANH -> arithmetic.above(1 - Math.abs(x), Math.max(1, scale), 1 - Math.abs(y)) ? 1 : 0;
            case CLIP, HALF_CLIP -> clipSlope(arithmetic, x, Math.max(2, scale));
            case ELU -> arithmetic.round(x >= 0 ? 1 : Math.exp(x), 1);
            case SIGNUM -> 0;
        };
    }

    /** A published output at the limit may come from beyond it or from the limit itself, so it decides nothing. */
    private double clipSlope(Arithmetic arithmetic, double x, double scale) {
        double end = function == ActivationFunction.CLIP ? 1 : 2;
        double middle = end / 2;
        double distance = middle - Math.abs(x - middle);
        return distance == 0 || arithmetic.above(distance, scale, Double.NaN) ? 1 / end : 0;
    }

    @Override
    public void forward(NodeRun run) {
        double[] published = function == ActivationFunction.SIGNUM ? run.publishedActivation(run.node) : null;
        double scale = Arithmetic.largest(run.inputs[0]);
        for (int i = 0; i < run.output.length; i++) {
            run.output[i] = published == null
                    ? value(run.inputs[0][i])
                    : signum(run.arithmetic, run.inputs[0][i], scale, published[i]);
        }
    }

    /** The sign, or where rounding decides it the learner's own. */
    private static double signum(Arithmetic arithmetic, double x, double scale, double published) {
        boolean positive = arithmetic.above(x, scale, published);
        boolean negative = arithmetic.above(-x, scale, -published);
        return positive ? 1 : negative ? -1 : 0;
    }

    @Override
    public void backward(NodeRun run, Flow flow) {
        double scale = Arithmetic.largest(run.inputs[0]);
        double[] published = run.publishedActivation(run.node);
        for (int i = 0; i < run.output.length && flow.inputErrors()[0] != null; i++) {
            flow.inputErrors()[0][i] += flow.error()[i] * derivative(run, i, scale, published);
        }
    }

    /** {@code phi(h) - phi(h - D)}. */
    @Override
    public void displaced(NodeRun run, Flow flow) {
        double scale = Arithmetic.largest(run.inputs[0]);
        double[] published = function == ActivationFunction.SIGNUM
                ? run.publishedError(run.node.inputs().get(0))
                : null;
        for (int i = 0; i < run.output.length && flow.inputErrors()[0] != null; i++) {
            double target = run.inputs[0][i] - flow.error()[i];
            double reached = published == null
                    ? value(target)
                    : signum(run.arithmetic, target, scale, run.output[i] - published[i]);
            flow.inputErrors()[0][i] += run.output[i] - reached;
        }
    }
}
