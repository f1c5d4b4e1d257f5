package org.bpfree.optimizer;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.Redefines;
import org.bpfree.settings.TypeName;

/**
 * Adam (Kingma and Ba 2015); weight decay enters the gradient. Without bias correction the running means start at zero and are taken as
 * they are, as in the released code of GAIT-prop (arXiv 2006.06438).
 *
 * @param beta1 share of the running mean of updates that a step keeps
 * @param beta2 share of the running mean square of updates that a step keeps
 * @param epsilon added to the root mean square
 * @param biasCorrection whether running means are made up for their start at zero
 */
@TypeName("adam")
@Doc("Adam; weight decay enters the gradient.")
@Redefines(setting = "learningRate", standard = "1.0e-3")
public record Adam(
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
        double epsilon,

        @Doc("Make up for running means that start at zero.") @Default("true")
        boolean biasCorrection)
        implements OptimizerKind {
    @Override
    public UpdateRule rule(double weightDecay) {
        return new AdamRule(beta1, beta2, epsilon, weightDecay, 0, biasCorrection);
    }
}
