package org.bpfree.learn.gait;

import java.util.function.Function;
import org.bpfree.learn.Findings;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.TypedProvider;

/** Announces a learner of the family. */
abstract class GaitProvider<S extends LearnerSettings> extends TypedProvider<S> {
    GaitProvider(Class<S> settings, String summary, String source, Function<S, Targets> targets) {
        super(settings, summary, source, (chosen, context) -> new GaitLearner(targets.apply(chosen), context));
    }

    @Override
    public final void check(S settings, Setup setup, Findings findings) {
        Invertibility.check(setup.graph(), findings);
    }
}
