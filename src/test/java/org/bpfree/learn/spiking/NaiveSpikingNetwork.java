package org.bpfree.learn.spiking;

import java.util.function.UnaryOperator;

/**
 * A spiking network of dense layers, written from spiking-microcircuit.md loop by loop: sections 1 (neuron), 3 (rules), 4.7 (error cells)
 * and 4.8 (causal tier, with every eligibility trace formed). One image at a time; arrays are {@code [layer][step][unit]}.
 */
final class NaiveSpikingNetwork {
    private static final double THETA = 1;
    private static final double WIDTH = 0.2;
    private final double tauM = 5;
    private final double tauS = 3;
    private final double alpha = 1 - 1 / tauM;
    private final double beta = 1 - 1 / tauS;
    private final int steps;
    private final double[][][] weights; // [layer][out][in]

    final double[][][] u;
    final double[][][] s;
    final double[][][] a; // a[0] is the filtered image

    NaiveSpikingNetwork(int steps, double[][][] weights) {
        this.steps = steps;
        this.weights = weights;
        u = new double[weights.length + 1][][];
        s = new double[weights.length + 1][][];
        a = new double[weights.length + 1][][];
    }

    void forward(double[] image) {
        a[0] = new double[steps][image.length];
        for (int j = 0; j < image.length; j++) {
            double trace = 0;
            for (int t = 0; t < steps; t++) {
                trace = beta * trace + image[j] / tauS;
                a[0][t][j] = trace;
            }
        }
        for (int l = 1; l <= weights.length; l++) {
            int units = weights[l - 1].length;
            u[l] = new double[steps][units];
            s[l] = new double[steps][units];
            a[l] = new double[steps][units];
            for (int i = 0; i < units; i++) {
                double post = 0;
                double trace = 0;
                for (int t = 0; t < steps; t++) {
                    double drive = 0;
                    for (int j = 0; j < a[l - 1][t].length; j++) {
                        drive += weights[l - 1][i][j] * a[l - 1][t][j];
                    }
                    u[l][t][i] = post - post / tauM + drive;
                    s[l][t][i] = u[l][t][i] > THETA ? 1 : 0;
                    post = s[l][t][i] == 1 ? 0 : u[l][t][i];
                    trace = trace + (s[l][t][i] - trace) / tauS;
                    a[l][t][i] = trace;
                }
            }
        }
    }

    static double f(double u) {
        double z = Math.max(-8, Math.min(8, (THETA - u) / WIDTH));
        return Math.exp(z) / Math.pow(1 + Math.exp(z), 2) / WIDTH;
    }

    /** {@code q[t] = sum over k of eps[k] e[t+k]}. */
    private double[][] q(double[][] e) {
        double[][] q = new double[steps][e[0].length];
        for (int t = 0; t < steps; t++) {
            for (int k = 0; t + k < steps; k++) {
                for (int i = 0; i < e[0].length; i++) {
                    q[t][i] += Math.pow(beta, k) / tauS * e[t + k][i];
                }
            }
        }
        return q;
    }

    /** Signals of a layer from the errors of its traces, by the name of a rule. */
    double[][] signals(String rule, int layer, double[][] errors) {
        double[][] q = q(errors);
        int units = errors[0].length;
        double[][] delta = new double[steps][units];
        for (int i = 0; i < units; i++) {
            double later = 0;
            for (int t = steps - 1; t >= 0; t--) {
                double potential = u[layer][t][i];
                double spike = s[layer][t][i];
                double gated = f(potential) * q[t][i];
                switch (rule) {
                    case "surrogate" -> delta[t][i] = gated;
                    case "through-time" -> {
                        later = gated + later * alpha * (1 - spike);
                        delta[t][i] = later;
                    }
                    case "spike-timing" -> {
                        double rest = t == 0 || s[layer][t - 1][i] == 1 ? 0 : u[layer][t - 1][i];
                        double d = potential - rest;
                        double p = spike == 0 ? 0 : Math.max(-8, Math.min(0, -1 / d));
                        double g = -p * q[t][i];
                        if (t < steps - 1) {
                            g += later * potential * (-1 / tauM) * p + later * alpha * (1 - spike);
                        }
                        later = g * spike + later * alpha * (1 - spike);
                        delta[t][i] = a[layer][t][i] < 1 / (4 * tauS) ? gated : g;
                    }
                    default -> throw new IllegalArgumentException(rule);
                }
            }
        }
        return delta;
    }

    /** Errors as spiking error cells with a quantum pass them on. */
    static double[][] throughCells(double[][] errors, double quantum) {
        double[][] sent = new double[errors.length][errors[0].length];
        for (int i = 0; i < errors[0].length; i++) {
            double excess = 0;
            double deficit = 0;
            for (int t = 0; t < errors.length; t++) {
                excess += Math.max(errors[t][i], 0);
                deficit += Math.max(-errors[t][i], 0);
                double plus = Math.floor(excess / quantum);
                double minus = Math.floor(deficit / quantum);
                excess -= quantum * plus;
                deficit -= quantum * minus;
                sent[t][i] = quantum * (plus - minus);
            }
        }
        return sent;
    }

    /**
     * Adds the gradients of one image.
     *
     * @param errors of the output traces, {@code [step][class]}
     * @param feedback in the place of the weights, {@code [layer][out][in]}
     * @param cells what error cells make of the errors of a layer
     */
    void backward(
            String rule,
            double[][] errors,
            double[][][] feedback,
            UnaryOperator<double[][]> cells,
            double[][][] gradients) {
        double[][] e = errors;
        for (int l = weights.length; l >= 1; l--) {
            double[][] x = signals(rule, l, cells.apply(e));
            for (int t = 0; t < steps; t++) {
                for (int i = 0; i < weights[l - 1].length; i++) {
                    for (int j = 0; j < weights[l - 1][i].length; j++) {
                        gradients[l - 1][i][j] += x[t][i] * a[l - 1][t][j];
                    }
                }
            }
            e = down(x, feedback[l - 1]);
        }
    }

    /** The same for the causal tier, with eligibility traces. */
    void backwardCausal(double[][] errors, double[][][] feedback, double[][][] gradients) {
        double[][] e = errors;
        for (int l = weights.length; l >= 1; l--) {
            double[][] sent = new double[steps][weights[l - 1].length];
            for (int i = 0; i < weights[l - 1].length; i++) {
                double[] z = new double[weights[l - 1][i].length];
                double gbar = 0;
                for (int t = 0; t < steps; t++) {
                    gbar = beta * gbar + f(u[l][t][i]) / tauS;
                    sent[t][i] = e[t][i] * gbar;
                    for (int j = 0; j < z.length; j++) {
                        z[j] = beta * z[j] + f(u[l][t][i]) * a[l - 1][t][j] / tauS;
                        gradients[l - 1][i][j] += e[t][i] * z[j];
                    }
                }
            }
            e = down(sent, feedback[l - 1]);
        }
    }

    private double[][] down(double[][] x, double[][] feedback) {
        double[][] e = new double[steps][feedback[0].length];
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < feedback.length; i++) {
                for (int j = 0; j < feedback[i].length; j++) {
                    e[t][j] += x[t][i] * feedback[i][j];
                }
            }
        }
        return e;
    }
}
