package org.bpfree.learn.local;

import java.util.Optional;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of greedy local losses.
 *
 * @param loss what a block is taught by
 * @param beta weight of the similarity loss in {@code predsim}
 * @param headInputs numbers that a classifier reads of an image at most
 * @param granularity what has a loss of its own
 * @param headOptimizer of the heads; empty for the experiment's
 */
@TypeName("local-loss")
@Doc("Greedy blocks: each is taught by a classifier and a similarity loss of its own, arXiv 1901.06656.")
public record LocalLossSettings(
        @Doc("What a block is taught by.") @Default("predsim")
        BlockLoss loss,

        @Doc("Weight of the similarity loss with loss: predsim; prediction has the rest.")
        @Default("0.99")
        @Range(min = 0, max = 1)
        double beta,

        @Doc(
                "Numbers that a block's classifier reads of an image at most; larger maps are averaged over rectangles first.")
        @Default("4096")
        @Range(min = 1)
        int headInputs,

        @Doc("What has a loss of its own.") @Default("layer")
        Granularity granularity,

        @Doc("The optimizer of the heads; null for that of the network.") @Default("null")
        Optional<OptimizerSettings> headOptimizer)
        implements LearnerSettings {
    /** What a block is taught by. */
    public enum BlockLoss {
        @Doc("The loss of a linear classifier on its output.")
        PRED,
        @Doc("How far similarities of its images are from those of their labels.")
        SIM,
        @Doc("Both.")
        PREDSIM
    }

    /** Weight of the similarity loss. */
    double similarity() {
        return switch (loss) {
            case PRED -> 0;
            case SIM -> 1;
            case PREDSIM -> beta;
        };
    }
}
