package org.bpfree.learn.gait;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bpfree.graph.Graph;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerProvider;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.tensor.Precision;

/** Announces a learner of the family. */
abstract class GaitProvider<S extends LearnerSettings> implements LearnerProvider {
    private final Class<S> settings;
    private final String summary;
    private final String source;
    private final Function<S, Targets> targets;

    GaitProvider(Class<S> settings, String summary, String source, Function<S, Targets> targets) {
        this.settings = settings;
        this.summary = summary;
        this.source = source;
        this.targets = targets;
    }

    @Override
    public final Class<? extends LearnerSettings> settings() {
        return settings;
    }

    @Override
    public final String summary() {
        return summary;
    }

    @Override
    public final String source() {
        return source;
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

    @Override
    public final Learner create(LearnerSettings chosen, LearnerContext context) {
        return new GaitLearner(targets.apply(settings.cast(chosen)), context);
    }
}
