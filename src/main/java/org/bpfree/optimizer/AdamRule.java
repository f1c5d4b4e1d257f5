package org.bpfree.optimizer;

import java.util.List;

/** {@code s} is the running mean, {@code t} the running mean square, both corrected for their start at zero if so asked. */
record AdamRule(
        double beta1, double beta2, double epsilon, double weightDecay, double decoupledDecay, boolean biasCorrection)
        implements UpdateRule {
    @Override
    public List<String> slots() {
        return List.of("slot1", "slot2");
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
