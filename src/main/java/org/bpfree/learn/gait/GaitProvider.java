package org.bpfree.learn.gait;

import java.util.function.Consumer;
import java.util.function.Function;
import org.bpfree.graph.Graph;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.TypedProvider;

/** Announces a learner of the family. */
abstract class GaitProvider<S extends LearnerSettings> extends TypedProvider<S> {
    GaitProvider(Class<S> settings, String summary, String source, Function<S, Targets> targets) {
        super(settings, summary, source, (chosen, context) -> new GaitLearner(targets.apply(chosen), context));
    }

    @Override
    public final void check(LearnerSettings chosen, Graph graph, Consumer<Misfit> problems) {
        Invertibility.check(graph, problems);
    }
}
