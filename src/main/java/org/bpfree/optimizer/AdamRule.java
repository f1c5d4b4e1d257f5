package org.bpfree.optimizer;

import java.util.List;
import java.util.Optional;

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

    @Override
    public Optional<Single> single() {
        return Optional.of(this::apply);
    }

    private void apply(float[] w, float[] g, float[] s, float[] t, int n, double rate, long step) {
        float size = (float) (biasCorrection ? rate / (1 - Math.pow(beta1, step)) : rate);
        float squareCorrection = (float) (biasCorrection ? 1 / (1 - Math.pow(beta2, step)) : 1);
        float least = Math.max((float) epsilon, Float.MIN_NORMAL); // what divides may not be zero
        float coupled = (float) weightDecay;
        float decoupled = (float) (rate * decoupledDecay); // as 1 - rate * decay it would lose digits
        float keepMean = (float) beta1;
        float addMean = (float) (1 - beta1);
        float keepSquare = (float) beta2;
        float addSquare = (float) (1 - beta2);
        for (int i = 0; i < n; i++) {
            float gradient = g[i] + coupled * w[i];
            float mean = keepMean * s[i] + addMean * gradient;
            float square = keepSquare * t[i] + addSquare * gradient * gradient;
            s[i] = mean;
            t[i] = square;
            w[i] -= decoupled * w[i] + size * mean / ((float) Math.sqrt(square * squareCorrection) + least);
        }
    }
}
