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

    @Override
    protected String settings(String type) {
        return switch (type) {
            case "pepita" -> "projectionScale: 0.75"; // images of 128 numbers are moved less than those of 784
            case "forward-forward" -> "goodness: mean";
            default -> "";
        };
    }
}
