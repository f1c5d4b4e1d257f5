package org.bpfree.learn.local;

import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Initializer;
import org.bpfree.learn.Findings;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.TypedProvider;
import org.bpfree.tensor.Precision;

/** Announces Mono-Forward. */
public final class MonoForwardProvider extends TypedProvider<MonoForwardSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public MonoForwardProvider() {
        super(
                MonoForwardSettings.class,
                "Each block learns from the loss of its own projection to the classes; prediction by the last or by all.",
                "Gong, Li, Abdulla: Mono-Forward: Backpropagation-Free Algorithm for Efficient Neural Network Training Harnessing Local Errors, arXiv 2501.09238, 2025",
                MonoForwardLearner::of);
    }

    @Override
    public void check(MonoForwardSettings settings, Setup setup, Findings findings) {
        if (settings.initializer() == Initializer.ZEROS) {
            findings.misfit("initializer", "zeros lets no error through to the blocks at first. Use another law.");
        }
        BlockChecks.check(
                setup.graph(), MonoForwardLearner.ends(setup.graph()), "mono-forward", Granularity.BLOCK, findings);
    }

    @Override
    public List<Promise> promises(MonoForwardSettings settings, Graph graph, Precision precision) {
        return List.of(Promises.outputLayerExact(Promises.rounding(precision)));
    }
}
