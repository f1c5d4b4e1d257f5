package org.example.extension;

import java.util.List;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Extension;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;
import org.bpfree.optimizer.OptimizerKind;
import org.bpfree.optimizer.UpdateRule;

/**
 * An optimizer: steps of one size along the sign of a mean of updates (Bernstein et al., <i>signSGD</i>, arXiv 1802.04434, 2018, algorithm 2).
 * Announced in {@code META-INF/services/org.bpfree.settings.Extension}.
 */
public final class SignDescent implements Extension {
    @Override
    public List<Class<? extends Record>> members() {
        return List.of(Settings.class);
    }

    /**
     * What the block {@code optimizer} of an experiment file says beside what all optimizers have in common.
     *
     * @param momentum share of the mean of updates that a step keeps
     */
    @TypeName("sign-descent")
    @Doc("Steps of one size along the sign of a mean of updates.")
    public record Settings(
            @Doc("Share of the mean of updates that a step keeps.")
            @Default("0.9")
            @Range(min = 0, max = 1, belowMax = true)
            double momentum)
            implements OptimizerKind {
        @Override
        public UpdateRule rule(double weightDecay) {
            return new Rule(momentum, weightDecay);
        }
    }

    /** {@code s = momentum s + (1 - momentum) (g + weightDecay w); w -= rate sign(s)}. */
    private record Rule(double momentum, double weightDecay) implements UpdateRule {
        @Override
        public List<String> slots() {
            return List.of("mean");
        }

        @Override
        public void apply(double[] w, double[] g, double[] s, double[] t, int n, double rate, long step) {
            for (int i = 0; i < n; i++) {
                s[i] = momentum * s[i] + (1 - momentum) * (g[i] + weightDecay * w[i]);
                w[i] -= rate * Math.signum(s[i]);
            }
        }
    }
}
