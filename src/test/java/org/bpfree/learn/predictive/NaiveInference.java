package org.bpfree.learn.predictive;

/**
 * Predictive coding of a perceptron with tanh units and one state a hidden layer, written out sample by sample from the formulas: {@code
 * mu(l) = tanh(W(l) x(l-1))}, {@code mu(L) = W(L) x(L-1)}, squared error or softmax at the top.
 */
final class NaiveInference {
    final double[][][] weights; // [layer][out][in]
    final double[][][] updates;
    private final boolean softmax;
    private final double rate;
    private final double momentum;

    NaiveInference(double[][][] weights, boolean softmax, double rate, double momentum) {
        this.weights = weights;
        this.softmax = softmax;
        this.rate = rate;
        this.momentum = momentum;
        updates = new double[weights.length][][];
        for (int l = 0; l < weights.length; l++) {
            updates[l] = new double[weights[l].length][weights[l][0].length];
        }
    }

    /** The states of one sample. */
    final class Sample {
        private final int label;
        private final double[][] x; // x[0] is the input, x[l] the state of hidden layer l
        private final double[][] mu;
        private final double[][] velocity;
        private double[] held;

        Sample(double[] input, int label) {
            this.label = label;
            x = new double[weights.length][];
            mu = new double[weights.length + 1][];
            velocity = new double[weights.length][];
            x[0] = input;
            for (int l = 1; l <= weights.length; l++) {
                predict(l);
                if (l < weights.length) {
                    x[l] = mu[l].clone();
                    velocity[l] = new double[x[l].length];
                }
            }
        }

        /** Holds the output at {@code mu - beta (mu - y)}. */
        Sample nudged(double beta) {
            held = mu[weights.length].clone();
            for (int k = 0; k < held.length; k++) {
                held[k] -= beta * (held[k] - (k == label ? 1 : 0));
            }
            return this;
        }

        private void predict(int l) {
            mu[l] = new double[weights[l - 1].length];
            for (int i = 0; i < mu[l].length; i++) {
                double z = 0;
                for (int j = 0; j < x[l - 1].length; j++) {
                    z += weights[l - 1][i][j] * x[l - 1][j];
                }
                mu[l][i] = l < weights.length ? Math.tanh(z) : z;
            }
        }

        /** One error a layer, from the present states. */
        private double[][] errors() {
            double[][] e = new double[weights.length + 1][];
            for (int l = 1; l <= weights.length; l++) {
                predict(l);
                e[l] = new double[mu[l].length];
                for (int i = 0; i < e[l].length; i++) {
                    e[l][i] = l < weights.length ? mu[l][i] - x[l][i] : outputError(i);
                }
            }
            return e;
        }

        private double outputError(int k) {
            double score = mu[weights.length][k];
            if (held != null) {
                return score - held[k];
            }
            double target = k == label ? 1 : 0;
            if (!softmax) {
                return score - target;
            }
            double sum = 0;
            for (double other : mu[weights.length]) {
                sum += Math.exp(other);
            }
            return Math.exp(score) / sum - target;
        }

        /** The error of layer {@code l} before its activation. */
        private double local(double[][] e, int l, int i) {
            return l < weights.length ? e[l][i] * (1 - mu[l][i] * mu[l][i]) : e[l][i];
        }

        /** One round: adds to the updates if asked to, then moves the states, all from one snapshot. */
        void round(boolean learn, boolean move) {
            double[][] e = errors();
            for (int l = 1; l <= weights.length && learn; l++) {
                for (int i = 0; i < e[l].length; i++) {
                    for (int j = 0; j < x[l - 1].length; j++) {
                        updates[l - 1][i][j] += local(e, l, i) * x[l - 1][j];
                    }
                }
            }
            for (int l = 1; l < weights.length && move; l++) {
                for (int j = 0; j < x[l].length; j++) {
                    double pull = 0;
                    for (int i = 0; i < e[l + 1].length; i++) {
                        pull += weights[l][i][j] * local(e, l + 1, i);
                    }
                    velocity[l][j] = momentum * velocity[l][j] + pull - e[l][j];
                }
            }
            for (int l = 1; l < weights.length && move; l++) {
                for (int j = 0; j < x[l].length; j++) {
                    x[l][j] -= rate * velocity[l][j];
                }
            }
        }
    }
}
