package org.bpfree.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;

/** The learners that come with the program. */
@DisplayName("Every learner")
class LearnerConformanceTest extends LearnerConformance {
    @Override
    protected Stream<LearnerProvider<?>> learners() {
        List<LearnerProvider<?>> installed = new ArrayList<>();
        for (LearnerProvider<?> provider : ServiceLoader.load(LearnerProvider.class)) {
            installed.add(provider);
        }
        return installed.stream();
    }

    /**
     * Images of 128 numbers are not moved enough by a projection that is scaled for those of 784, and a rate that is shared among the updates of a
     * batch leaves the network too little beside many updates of inverses.
     */
    @Override
    protected String settings(String type) {
        return switch (type) {
            case "pepita" -> "projectionScale: 0.75";
            case "forward-forward" -> "goodness: mean";
            case "dtp" -> "feedbackUpdates: [1], beta: 2";
            default -> "";
        };
    }
}
