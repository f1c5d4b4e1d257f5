package org.bpfree.learn.gait;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bpfree.graph.Graph;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.TypedProvider;
import org.bpfree.tensor.Precision;

/** Announces a learner of the family. */
abstract class GaitProvider<S extends LearnerSettings> extends TypedProvider<S> {
    GaitProvider(Class<S> settings, String summary, String source, Function<S, Targets> targets) {
        super(settings, summary, source, (chosen, context) -> new GaitLearner(targets.apply(chosen), context));
    }

    @Override
    public final void check(LearnerSettings chosen, Graph graph, Consumer<Misfit> problems) {
        Invertibility.check(graph, problems);
    }

    @Override
    public List<Promise> promises(LearnerSettings chosen, Graph graph, Precision precision) {
        return List.of(
                Promises.outputLayerExact(Promises.rounding(precision)), InversePromises.feedbackInverts(precision));
    }
}
