package org.bpfree.optimizer;

import java.util.List;
import java.util.Optional;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Gradient descent with momentum. Batch Manhattan and the ban on sign changes are those of Liao, Leibo and Poggio (arXiv
 * 1510.05067, 2016) in the form of Xiao et al. (arXiv 1811.03567, 2019; github.com/willwx/sign-symmetry, optim): with updates
 * {@code g}, {@code u = sign(g) + decay w} in the place of {@code g}, a step with momentum, and then {@code w = 1e-10 sign(w before)}
 * where the sign of {@code w} has changed or is gone. A step of signs needs a learning rate about a thousand times smaller.
 *
 * @param momentum share of the last step that is kept
 * @param nesterov whether a step is taken from where the momentum leads
 * @param batchManhattan whether updates are replaced by their signs
 * @param noSignChange whether weights keep their signs
 * @param momentumForm where the step size stands
 */
@TypeName("sgd")
@Doc("Gradient descent, with momentum.")
public record Sgd(
        @Doc("Share of the last step that is kept.") @Default("0") @Range(min = 0, max = 1, belowMax = true)
        double momentum,

        @Doc("Whether a step is taken from where the momentum leads (Nesterov).") @Default("false")
        boolean nesterov,

        @Doc("Replace every update by its sign, before weight decay and momentum (Batch Manhattan).") @Default("false")
        boolean batchManhattan,

        @Doc("Stop a weight of the network that would change its sign at 1e-10 short of zero.") @Default("false")
        boolean noSignChange,

        @Doc(MomentumForm.DOC) @Default("pytorch") MomentumForm momentumForm)
        implements OptimizerKind {
    @Override
    public UpdateRule rule(double weightDecay) {
        return new Rule(momentum, nesterov, weightDecay, batchManhattan, momentumForm);
    }

    @Override
    public boolean keepsSigns() {
        return noSignChange;
    }

    @Override
    public Optional<String> clippingIsUseless() {
        return batchManhattan
                ? Optional.of("has no effect with batchManhattan: true, which keeps the signs of updates only."
                        + " Remove one of the two.")
                : Optional.empty();
    }

    /**
     * {@code s = momentum s + g; w -= rate s}, with the look-ahead of Nesterov {@code w -= rate (g + momentum s)}; in Keras's form {@code s =
     * momentum s - rate g; w += s}, with the look-ahead {@code w += momentum s - rate g}. Batch Manhattan puts {@code sign(g)} in the place
     * of {@code g}.
     */
    private record Rule(
            double momentum, boolean nesterov, double weightDecay, boolean batchManhattan, MomentumForm form)
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

        @Override
        public Optional<Single> single() {
            return Optional.of(this::apply);
        }

        private void apply(float[] w, float[] g, float[] s, float[] t, int n, double rate, long step) {
            float decay = (float) weightDecay;
            for (int i = 0; i < n && batchManhattan; i++) {
                g[i] = Math.signum(g[i]);
            }
            if (momentum == 0) {
                float size = (float) rate;
                for (int i = 0; i < n; i++) {
                    w[i] -= size * (g[i] + decay * w[i]);
                }
                return;
            }
            float kept = (float) momentum;
            float inside = (float) (form == MomentumForm.PYTORCH ? 1 : -rate);
            float outside = (float) (form == MomentumForm.PYTORCH ? -rate : 1);
            float ahead = nesterov ? kept : 1;
            float direct = nesterov ? inside : 0;
            for (int i = 0; i < n; i++) {
                float update = g[i] + decay * w[i];
                float velocity = kept * s[i] + inside * update;
                s[i] = velocity;
                w[i] += outside * (ahead * velocity + direct * update);
            }
        }
    }
}
