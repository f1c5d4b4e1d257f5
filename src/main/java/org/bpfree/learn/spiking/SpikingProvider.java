package org.bpfree.learn.spiking;

import java.util.function.BiFunction;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Findings;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.TypedProvider;

/** Announces a learner of the family. */
abstract class SpikingProvider<S extends SpikingSettings> extends TypedProvider<S> {
    SpikingProvider(Class<S> settings, String summary, String source, BiFunction<S, LearnerContext, Learner> factory) {
        super(settings, summary, source, factory);
    }

    @Override
    public void check(S settings, Setup setup, Findings findings) {
        SpikingChecks.check(setup.graph(), findings);
        LossFunction loss = setup.loss();
        if (!loss.equals(LossFunction.CROSS_ENTROPY)) {
            findings.warning("loss: " + loss.name()
                    + " is not read, since learner.objective takes its place in a spiking network."
                    + " Leave loss out, and choose learner.objective.loss.");
        }
    }

    @Override
    public final boolean readsLabelsThroughLoss(S settings) {
        return false; // the objective asks the unit of the label for spikes
    }

    @Override
    public final int samplesPerImage(S settings) {
        return settings.neuron().steps();
    }
}
