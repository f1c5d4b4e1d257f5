package org.bpfree.learn.gait;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Promise;
import org.bpfree.tensor.Precision;

/** Announces GAIT-prop. */
public final class GaitPropProvider extends GaitProvider<GaitPropSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public GaitPropProvider() {
        super(
                GaitPropSettings.class,
                "GAIT-prop: small targets, adjusted by the squared derivative, through exact inverses.",
                "Ahmad, van Gerven, Ambrogioni: GAIT-prop, arXiv 2006.06438; adaptive increments: Dalm, Ahmad, Ambrogioni, van Gerven: Scaling up learning with GAIT-prop, arXiv 2102.11598v1, 2021",
                Targets::of);
    }

    @Override
    public List<Promise> promises(LearnerSettings chosen, Graph graph, Precision precision) {
        List<Promise> promises = new ArrayList<>(super.promises(chosen, graph, precision));
        if (typed(chosen).increment() == IncrementalSettings.Increment.ADAPTIVE) {
            // Fixed increments change signs near the output and drown in rounding near the input: theory promises no
            // angle.
            promises.add(InversePromises.backpropBelowOrthogonal());
        }
        return promises;
    }
}
