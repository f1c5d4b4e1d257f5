package org.bpfree.learn;

import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;

/** The learners that come with the program. */
@DisplayName("Every learner")
class LearnerConformanceTest extends LearnerConformance {
    @Override
    protected Stream<LearnerProvider> learners() {
        return ServiceLoader.load(LearnerProvider.class).stream().map(ServiceLoader.Provider::get);
    }
}
