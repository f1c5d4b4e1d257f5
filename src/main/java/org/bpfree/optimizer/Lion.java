package org.bpfree.optimizer;

import java.util.List;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Extension;
import org.bpfree.settings.Range;
import org.bpfree.settings.Redefines;
import org.bpfree.settings.TypeName;

/**
 * Lion (Chen et al., <i>Symbolic Discovery of Optimization Algorithms</i>, arXiv 2302.06675, 2023): steps of one size, in the direction of the
 * sign of a mean of updates; weight decay acts on the weights themselves.
 */
public final class Lion implements Extension {
    @Override
    public List<Class<? extends Record>> members() {
        return List.of(Settings.class);
    }

    /**
     * The settings.
     *
     * @param beta1 share of the running mean of updates in the direction of a step
     * @param beta2 share of the running mean of updates that a step keeps
     */
    @TypeName("lion")
    @Doc("Lion: steps of one size along the sign of a mean of updates; weight decay acts on the weights themselves.")
    @Redefines(setting = "learningRate", standard = "1.0e-4", doc = "The size of a step of every number.")
    @Redefines(setting = "weightDecay", doc = "Weights shrink by learningRate * weightDecay each step.")
    public record Settings(
            @Doc("Share of the running mean of updates in the direction of a step; the rest is the update itself.")
            @Default("0.9")
            @Range(min = 0, max = 1, belowMax = true)
            double beta1,

            @Doc("Share of the running mean of updates that a step keeps.")
            @Default("0.99")
            @Range(min = 0, max = 1, belowMax = true)
            double beta2)
            implements OptimizerKind {
        @Override
        public UpdateRule rule(double weightDecay) {
            return new Rule(beta1, beta2, weightDecay);
        }
    }

    /** {@code w -= rate (sign(beta1 s + (1 - beta1) g) + weightDecay w); s = beta2 s + (1 - beta2) g}. */
    private record Rule(double beta1, double beta2, double weightDecay) implements UpdateRule {
        @Override
        public List<String> slots() {
            return List.of("mean");
        }

        @Override
        public void apply(double[] w, double[] g, double[] s, double[] t, int n, double rate, long step) {
            for (int i = 0; i < n; i++) {
                double direction = Math.signum(beta1 * s[i] + (1 - beta1) * g[i]);
                w[i] -= rate * (direction + weightDecay * w[i]);
                s[i] = beta2 * s[i] + (1 - beta2) * g[i];
            }
        }
    }
}
