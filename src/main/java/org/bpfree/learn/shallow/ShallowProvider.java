package org.bpfree.learn.shallow;

import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerProvider;
import org.bpfree.learn.LearnerSettings;

/** Announces the control. */
public final class ShallowProvider implements LearnerProvider {
    @Override
    public Class<? extends LearnerSettings> settings() {
        return ShallowSettings.class;
    }

    @Override
    public String summary() {
        return "Control: lower layers stay as they were drawn.";
    }

    @Override
    public String source() {
        return "A control experiment, not a published method";
    }

    @Override
    public Learner create(LearnerSettings settings, LearnerContext context) {
        return new ShallowLearner((ShallowSettings) settings, context);
    }
}
