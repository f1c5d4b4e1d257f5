package org.example.extension;

import java.util.stream.Stream;
import org.bpfree.learn.LearnerConformance;
import org.bpfree.learn.LearnerProvider;

/** The learner of this extension in the suite that all learners of bpfree pass. */
class NoisyFeedbackTest extends LearnerConformance {
    @Override
    protected Stream<LearnerProvider<?>> learners() {
        return Stream.of(new NoisyFeedback());
    }
}
