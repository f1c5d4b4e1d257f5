package org.bpfree.train;

import java.util.List;
import org.bpfree.train.OptimizerSettings.MomentumForm;

/**
 * How one number moves, written for a run of numbers. {@code w} are values, {@code g} updates (already scaled and clipped), {@code s}
 * and {@code t} the two slots of the optimizer; the rule overwrites {@code w} and the slots.
 */
interface UpdateRule {
    /** The name of a slot that holds momentum in PyTorch's form. */
    String VELOCITY = "velocity";

    /** What checkpoints call the slots the rule keeps for each value, none to two; different contents have different names. */
    List<String> slots();

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
            return new Descent(
                    sgd.momentum(), sgd.nesterov(), sgd.weightDecay(), sgd.batchManhattan(), sgd.momentumForm());
        }
        if (settings instanceof OptimizerSettings.RmsProp rms) {
            return new RmsProp(rms.decay(), rms.momentum(), rms.epsilon(), rms.weightDecay(), rms.momentumForm());
        }
        if (settings instanceof OptimizerSettings.Adam adam) {
            return new Adam(adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay(), 0, adam.biasCorrection());
        }
        OptimizerSettings.AdamW adamW = (OptimizerSettings.AdamW) settings;
        return new Adam(adamW.beta1(), adamW.beta2(), adamW.epsilon(), 0, adamW.weightDecay(), true);
    }

    /**
     * {@code s = momentum s + g; w -= rate s}, with the look-ahead of Nesterov {@code w -= rate (g + momentum s)}; in Keras's form {@code s =
     * momentum s - rate g; w += s}, with the look-ahead {@code w += momentum s - rate g}. Batch Manhattan puts {@code sign(g)} in the place
     * of {@code g}.
     */
    record Descent(double momentum, boolean nesterov, double weightDecay, boolean batchManhattan, MomentumForm form)
            implements UpdateRule {
        @Override
        public List<String> slots() {
            return momentum > 0 ? List.of(form == MomentumForm.PYTORCH ? VELOCITY : "slot1") : List.of();
        }

        @Override
        public void apply(double[] w, double[] g, double[] s, double[] t, int n, double rate, long step) {
            for (int i = 0; i < n && batchManhattan; i++) {
                g[i] = Math.signum(g[i]);
            }
            for (int i = 0; i < n; i++) {
                g[i] += weightDecay * w[i];
            }
            if (momentum == 0) {
                for (int i = 0; i < n; i++) {
                    w[i] -= rate * g[i];
                }
                return;
            }
            // Keras's velocity is the other's times minus the rate of its time.
            double inside = form == MomentumForm.PYTORCH ? 1 : -rate;
            double outside = form == MomentumForm.PYTORCH ? -rate : 1;
            double ahead = nesterov ? momentum : 1;
            double direct = nesterov ? 1 : 0;
            for (int i = 0; i < n; i++) {
                s[i] = momentum * s[i] + inside * g[i];
                w[i] += outside * (ahead * s[i] + direct * inside * g[i]);
            }
        }
    }

    /** {@code s} is the running mean square, {@code t} the momentum, without the rate in PyTorch's form and with it in Keras's. */
    record RmsProp(double decay, double momentum, double epsilon, double weightDecay, MomentumForm form)
            implements UpdateRule {
        @Override
        public List<String> slots() {
            if (momentum == 0) {
                return List.of("slot1");
            }
            return List.of("slot1", form == MomentumForm.PYTORCH ? VELOCITY : "slot2");
        }

        @Override
        public void apply(double[] w, double[] g, double[] s, double[] t, int n, double rate, long step) {
            double inside = form == MomentumForm.PYTORCH ? 1 : rate;
            double outside = form == MomentumForm.PYTORCH ? rate : 1;
            for (int i = 0; i < n; i++) {
                double gradient = g[i] + weightDecay * w[i];
                s[i] = decay * s[i] + (1 - decay) * gradient * gradient;
                g[i] = inside * gradient / (Math.sqrt(s[i]) + epsilon);
            }
            for (int i = 0; i < n; i++) {
                if (momentum > 0) {
                    t[i] = momentum * t[i] + g[i];
                    w[i] -= outside * t[i];
                } else {
                    w[i] -= outside * g[i];
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
}
