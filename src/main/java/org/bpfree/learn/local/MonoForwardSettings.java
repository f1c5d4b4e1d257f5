package org.bpfree.learn.local;

import java.util.Optional;
import org.bpfree.graph.Initializer;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.TypeName;

/**
 * Settings of Mono-Forward.
 *
 * @param prediction which scores predict
 * @param initializer law of the projections to the classes
 * @param headOptimizer of the projections; empty for the experiment's
 */
@TypeName("mono-forward")
@Doc(
        "Mono-Forward: each block learns from the cross-entropy of a projection of its own to the classes, arXiv 2501.09238.")
public record MonoForwardSettings(
        @Doc("Which scores predict.") @Default("last") Prediction prediction,

        @Doc("Law of the projections.") @Default("he-uniform")
        Initializer initializer,

        @Doc("The optimizer of the projections; null for that of the network.") @Default("null")
        Optional<OptimizerSettings> headOptimizer)
        implements LearnerSettings {
    /** Which scores predict. */
    public enum Prediction {
        @Doc("Those of the network's output.")
        LAST,
        @Doc("The sum of those of all blocks and the output.")
        SUM
    }
}
