package org.bpfree.optimizer;

import java.util.List;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * RMSprop (Tieleman and Hinton 2012).
 *
 * @param decay share of the running mean square of updates that a step keeps
 * @param momentum share of the last step that is kept
 * @param epsilon added to the root mean square
 * @param momentumForm where the step size stands
 */
@TypeName("rmsprop")
@Doc("RMSprop.")
public record RmsProp(
        @Doc("Share of the running mean square of updates that a step keeps.")
        @Default("0.99")
        @Range(min = 0, max = 1, belowMax = true)
        double decay,

        @Doc("Share of the last step that is kept.") @Default("0") @Range(min = 0, max = 1, belowMax = true)
        double momentum,

        @Doc("Added to the root mean square, so that tiny updates are not divided by zero.")
        @Default("1.0e-8")
        @Range(min = 0, aboveMin = true)
        double epsilon,

        @Doc(MomentumForm.DOC) @Default("pytorch") MomentumForm momentumForm)
        implements OptimizerKind {
    @Override
    public UpdateRule rule(double weightDecay) {
        return new Rule(decay, momentum, epsilon, weightDecay, momentumForm);
    }

    /** {@code s} is the running mean square, {@code t} the momentum, without the rate in PyTorch's form and with it in Keras's. */
    private record Rule(double decay, double momentum, double epsilon, double weightDecay, MomentumForm form)
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
}
