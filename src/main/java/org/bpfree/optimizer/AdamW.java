package org.bpfree.optimizer;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.Redefines;
import org.bpfree.settings.TypeName;

/**
 * AdamW (Loshchilov and Hutter 2019); weight decay acts on the weights themselves.
 *
 * @param beta1 share of the running mean of updates that a step keeps
 * @param beta2 share of the running mean square of updates that a step keeps
 * @param epsilon added to the root mean square
 */
@TypeName("adamw")
@Doc("AdamW; weight decay acts on the weights themselves.")
@Redefines(setting = "learningRate", standard = "1.0e-3")
@Redefines(setting = "weightDecay", standard = "0.01", doc = "Weights shrink by learningRate * weightDecay each step.")
public record AdamW(
        @Doc("Share of the running mean of updates that a step keeps.")
        @Default("0.9")
        @Range(min = 0, max = 1, belowMax = true)
        double beta1,

        @Doc("Share of the running mean square of updates that a step keeps.")
        @Default("0.999")
        @Range(min = 0, max = 1, belowMax = true)
        double beta2,

        @Doc("Added to the root mean square, so that tiny updates are not divided by zero.")
        @Default("1.0e-8")
        @Range(min = 0, aboveMin = true)
        double epsilon)
        implements OptimizerKind {
    @Override
    public UpdateRule rule(double weightDecay) {
        return new AdamRule(beta1, beta2, epsilon, 0, weightDecay, true);
    }
}
