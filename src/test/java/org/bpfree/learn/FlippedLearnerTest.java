package org.bpfree.learn;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps {@link LearnerConformance} from passing anything. */
@DisplayName("A learner with one sign flipped")
class FlippedLearnerTest {
    private static final LearnerConformance SUITE = new LearnerConformance() {
        @Override
        protected Stream<LearnerProvider<?>> learners() {
            return Stream.of();
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"conv1/.*", "conv2/.*", "dense1/.*", "(conv1|conv2|dense1)/.*", "dense2/.*"})
    @DisplayName("fails, in whichever layer, and in all hidden layers together")
    void somewhere(String tensors) {
        assertThatThrownBy(() -> SUITE.hiddenLayersBeatShallow(flipped(tensors), ConformanceNetwork.CONVOLUTIONAL))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("trained");
    }

    @Test
    @DisplayName("passes where it is not flipped after all")
    void nowhere() {
        assertThatCode(() -> {
                    SUITE.hiddenLayersBeatShallow(flipped("nothing"), ConformanceNetwork.CONVOLUTIONAL);
                    SUITE.lossFalls(flipped("nothing"), ConformanceNetwork.CONVOLUTIONAL);
                })
                .doesNotThrowAnyException();
    }

    private static LearnerProvider<?> flipped(String tensors) {
        Predicate<String> names = name -> name.matches(tensors);
        return FlippedLearner.provider(names);
    }
}
