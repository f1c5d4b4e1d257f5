package org.bpfree.learn.spiking;

import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.bpfree.graph.Graph;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.TypedProvider;

/** Announces a learner of the family. */
abstract class SpikingProvider<S extends SpikingSettings> extends TypedProvider<S> {
    SpikingProvider(Class<S> settings, String summary, String source, BiFunction<S, LearnerContext, Learner> factory) {
        super(settings, summary, source, factory);
    }

    @Override
    public void check(LearnerSettings chosen, Graph graph, Consumer<Misfit> problems) {
        SpikingChecks.check(graph, problems);
    }

    @Override
    public final void warn(LearnerSettings chosen, LossFunction loss, Consumer<String> warnings) {
        if (!loss.equals(LossFunction.CROSS_ENTROPY)) {
            warnings.accept("loss: " + loss.name().toLowerCase(Locale.ROOT).replace('_', '-')
                    + " is not read, since learner.objective takes its place in a spiking network."
                    + " Leave loss out, and choose learner.objective.loss.");
        }
    }

    @Override
    public final int samplesPerImage(LearnerSettings chosen) {
        return typed(chosen).neuron().steps();
    }
}
