package org.bpfree.train;

/**
 * How one number moves, written for a run of numbers. {@code w} are values, {@code g} updates (already scaled and clipped), {@code s}
 * and {@code t} the two slots of the optimizer; the rule overwrites {@code w} and the slots.
 */
interface UpdateRule {
    /** Number of slots the rule keeps for each value, 0 to 2. */
    int slots();

    /**
     * Moves {@code n} values.
     *
     * @param rate learning rate of this step
     * @param step number of this step, from 1
     */
    void apply(double[] w, double[] g, double[] s, double[] t, int n, double rate, long step);

    /** The rule of a block of settings. */
    static UpdateRule of(OptimizerSettings settings) {
        if (settings instanceof OptimizerSettings.Sgd sgd) {
            return new Descent(sgd.momentum(), sgd.nesterov(), sgd.weightDecay(), sgd.batchManhattan());
        }
        if (settings instanceof OptimizerSettings.RmsProp rms) {
            return new RmsProp(rms.decay(), rms.momentum(), rms.epsilon(), rms.weightDecay());
        }
        if (settings instanceof OptimizerSettings.Adam adam) {
            return new Adam(adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay(), 0, adam.biasCorrection());
        }
        OptimizerSettings.AdamW adamW = (OptimizerSettings.AdamW) settings;
        return new Adam(adamW.beta1(), adamW.beta2(), adamW.epsilon(), 0, adamW.weightDecay(), true);
    }

    /**
     * {@code s = momentum s - rate g; w += s}, with the look-ahead of Nesterov: {@code w += momentum s - rate g}. Batch Manhattan puts
     * {@code sign(g)} in the place of {@code g}.
     */
    record Descent(double momentum, boolean nesterov, double weightDecay, boolean batchManhattan)
            implements UpdateRule {
        @Override
        public int slots() {
            return momentum > 0 ? 1 : 0;
        }

        @Override
        public void apply(double[] w, double[] g, double[] s, double[] t, int n, double rate, long step) {
            for (int i = 0; i < n && batchManhattan; i++) {
                g[i] = Math.signum(g[i]);
            }
            for (int i = 0; i < n; i++) {
                g[i] = rate * (g[i] + weightDecay * w[i]);
            }
            if (momentum == 0) {
                for (int i = 0; i < n; i++) {
                    w[i] -= g[i];
                }
                return;
            }
            double ahead = nesterov ? momentum : 1;
            double direct = nesterov ? 1 : 0;
            for (int i = 0; i < n; i++) {
                s[i] = momentum * s[i] - g[i];
                w[i] += ahead * s[i] - direct * g[i];
            }
        }
    }

    /** {@code s} is the running mean square, {@code t} the momentum. */
    record RmsProp(double decay, double momentum, double epsilon, double weightDecay) implements UpdateRule {
        @Override
        public int slots() {
            return momentum > 0 ? 2 : 1;
        }

        @Override
        public void apply(double[] w, double[] g, double[] s, double[] t, int n, double rate, long step) {
            for (int i = 0; i < n; i++) {
                double gradient = g[i] + weightDecay * w[i];
                s[i] = decay * s[i] + (1 - decay) * gradient * gradient;
                g[i] = rate * gradient / (Math.sqrt(s[i]) + epsilon);
            }
            for (int i = 0; i < n; i++) {
                if (momentum > 0) {
                    t[i] = momentum * t[i] + g[i];
                    w[i] -= t[i];
                } else {
                    w[i] -= g[i];
                }
            }
        }
    }

    /** {@code s} is the running mean, {@code t} the running mean square, both corrected for their start at zero if so asked. */
    record Adam(
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            double decoupledDecay,
            boolean biasCorrection)
            implements UpdateRule {
        @Override
        public int slots() {
            return 2;
        }

        @Override
        public void apply(double[] w, double[] g, double[] s, double[] t, int n, double rate, long step) {
            double meanCorrection = biasCorrection ? rate / (1 - Math.pow(beta1, step)) : rate;
            double squareCorrection = biasCorrection ? 1 / (1 - Math.pow(beta2, step)) : 1;
            double kept = 1 - rate * decoupledDecay;
            for (int i = 0; i < n; i++) {
                double gradient = g[i] + weightDecay * w[i];
                s[i] = beta1 * s[i] + (1 - beta1) * gradient;
                t[i] = beta2 * t[i] + (1 - beta2) * gradient * gradient;
                w[i] = kept * w[i] - meanCorrection * s[i] / (Math.sqrt(t[i] * squareCorrection) + epsilon);
            }
        }
    }
}
