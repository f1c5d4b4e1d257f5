package org.bpfree.learn.predictive;

import org.bpfree.learn.predictive.PredictiveCodingSettings.Learning;

/**
 * Predictive coding of a perceptron with tanh units on one sample, written out from its energy {@code F = sum over l of |mu(l) - x(l)|^2 /
 * (2 sigma(l)^2) + L / sigma(L)^2}, with the states before or after the tanh, and predictions that follow them or not.
 */
final class NaiveEnergy {
    private final double[][][] w; // [layer][out][in]
    private final Variant variant;
    private final int label;
    private final double[][] forward; // states of the forward pass, forward[0] the input
    private final double[][] x;
    private final double[] firstDifference; // p - y of the forward pass

    /**
     * What is computed.
     *
     * @param variances of layers 1 to L
     */
    record Variant(
            boolean softmax,
            boolean before,
            boolean fixed,
            double[] variances,
            double beta,
            double rate,
            int rounds,
            Learning learning) {}

    NaiveEnergy(double[][][] w, Variant variant, double[] input, int label) {
        this.w = w;
        this.variant = variant;
        this.label = label;
        forward = new double[w.length + 1][];
        forward[0] = input;
        for (int l = 1; l <= w.length; l++) {
            forward[l] = prediction(forward, l);
        }
        x = forward.clone();
        firstDifference = difference(forward);
    }

    /** Adds the updates of this sample. */
    void addTo(double[][][] updates) {
        double[][] errors = null;
        double[][] point = x;
        for (int t = 0; t < variant.rounds; t++) {
            errors = errors();
            move(errors);
        }
        if (variant.learning == Learning.SETTLED) {
            errors = errors();
        }
        if (variant.fixed || variant.learning == Learning.FORWARD) {
            point = forward;
        }
        for (int l = 1; l <= w.length; l++) {
            double[] local = local(errors, point, l);
            double[] read = read(point, l);
            for (int i = 0; i < local.length; i++) {
                for (int j = 0; j < read.length; j++) {
                    updates[l - 1][i][j] += local[i] * read[j] / variant.beta;
                }
            }
        }
    }

    /** What layer l multiplies by its weights. */
    private double[] read(double[][] states, int l) {
        double[] read = states[l - 1].clone();
        for (int j = 0; j < read.length && variant.before && l > 1; j++) {
            read[j] = Math.tanh(read[j]);
        }
        return read;
    }

    private double[] prediction(double[][] states, int l) {
        double[] read = read(states, l);
        double[] mu = new double[w[l - 1].length];
        for (int i = 0; i < mu.length; i++) {
            for (int j = 0; j < read.length; j++) {
                mu[i] += w[l - 1][i][j] * read[j];
            }
            mu[i] = variant.before || l == w.length ? mu[i] : Math.tanh(mu[i]);
        }
        return mu;
    }

    private double[] difference(double[][] states) {
        double[] p = prediction(states, w.length);
        double sum = 0;
        for (double score : p) {
            sum += Math.exp(score);
        }
        for (int k = 0; k < p.length; k++) {
            p[k] = (variant.softmax ? Math.exp(p[k]) / sum : p[k]) - (k == label ? 1 : 0);
        }
        return p;
    }

    private double[][] errors() {
        double[][] seen = variant.fixed ? forward : x;
        double[][] e = new double[w.length + 1][];
        for (int l = 1; l <= w.length; l++) {
            double[] mu = l < w.length ? prediction(seen, l) : difference(seen);
            e[l] = new double[mu.length];
            for (int i = 0; i < mu.length; i++) {
                double other = l < w.length ? x[l][i] : (1 - variant.beta) * firstDifference[i];
                e[l][i] = (mu[i] - other) / variant.variances[l - 1];
            }
        }
        return e;
    }

    /** The errors of layer l before its tanh. */
    private double[] local(double[][] e, double[][] point, int l) {
        double[] local = e[l].clone();
        double[] mu = prediction(point, l);
        for (int i = 0; i < local.length && !variant.before && l < w.length; i++) {
            local[i] *= 1 - mu[i] * mu[i];
        }
        return local;
    }

    private void move(double[][] e) {
        double[][] point = variant.fixed ? forward : x;
        double[][] moved = x.clone();
        for (int l = 1; l < w.length; l++) {
            double[] above = local(e, point, l + 1);
            moved[l] = x[l].clone();
            for (int j = 0; j < moved[l].length; j++) {
                double pull = 0;
                for (int i = 0; i < above.length; i++) {
                    pull += w[l][i][j] * above[i];
                }
                double tanh = Math.tanh(point[l][j]);
                moved[l][j] -= variant.rate * ((variant.before ? pull * (1 - tanh * tanh) : pull) - e[l][j]);
            }
        }
        System.arraycopy(moved, 0, x, 0, x.length);
    }
}
