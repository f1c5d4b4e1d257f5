package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfree.graph.Loss;
import org.bpfree.train.TrainingSettings.EarlyStopping;
import org.bpfree.train.TrainingSettings.Metric;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The watch on the validation figures")
class EarlyStopTest {
    private static final int IMAGES = 1000;

    private final TrainingState state = new TrainingState();

    /** The epochs, from 1, that were the best so far when they ended; ends where training would stop. */
    private List<Integer> best(EarlyStop watch, double... figures) {
        List<Integer> best = new ArrayList<>();
        for (double figure : figures) {
            state.epoch++;
            state.lastValidation = new Loss.Result(figure * IMAGES, (int) Math.round(figure * IMAGES), IMAGES);
            if (watch.improved(state)) {
                best.add(state.epoch);
            }
            if (watch.saysStop(state)) {
                break;
            }
        }
        return best;
    }

    private static EarlyStop watch(Metric metric, int patience, double minDelta) {
        return new EarlyStop(Optional.of(new EarlyStopping(metric, patience, minDelta, 0)));
    }

    @Test
    @DisplayName("takes the best for the best, however small its lead; patience counts from leads above minDelta")
    void accuracy() {
        // 0.505 and 0.509 lead, but by less than 0.01 over 0.50; 0.511 leads by more, and then three epochs do not.
        List<Integer> best =
                best(watch(Metric.VALIDATION_ACCURACY, 3, 0.01), 0.50, 0.505, 0.509, 0.511, 0.50, 0.512, 0.51, 0.9);
        assertThat(best).containsExactly(1, 2, 3, 4, 6);
        assertThat(state.epoch).as("stopped after").isEqualTo(7);
        assertThat(state.bestEpoch).isEqualTo(6);
        assertThat(state.best).isEqualTo(0.512);
    }

    @Test
    @DisplayName("does the same for losses, where less is better")
    void loss() {
        List<Integer> best = best(watch(Metric.VALIDATION_LOSS, 2, 0.1), 0.9, 0.85, 0.7, 0.65, 0.66, 0.1);
        assertThat(best).containsExactly(1, 2, 3, 4);
        assertThat(state.epoch).isEqualTo(5);
        assertThat(state.bestEpoch).isEqualTo(4);
    }

    @Test
    @DisplayName("goes on with a state from before it kept the two apart")
    void olderState() {
        state.best = 0.5;
        state.bestEpoch = 1;
        state.epoch = 1;
        assertThat(best(watch(Metric.VALIDATION_ACCURACY, 2, 0.01), 0.505, 0.506, 0.9))
                .containsExactly(2, 3);
        assertThat(state.epoch).isEqualTo(3);
    }

    @Test
    @DisplayName("never stops a run without early stopping, and knows its best")
    void none() {
        assertThat(best(new EarlyStop(Optional.empty()), 0.5, 0.4, 0.3, 0.6)).containsExactly(1, 4);
    }

    @Test
    @DisplayName("takes an equal figure for no improvement, and counts anew after one")
    void ties() {
        assertThat(best(watch(Metric.VALIDATION_ACCURACY, 3, 0), 0.5, 0.5, 0.5, 0.6, 0.6, 0.6, 0.6, 0.9))
                .containsExactly(1, 4);
        assertThat(state.epoch).isEqualTo(7);
    }

    @Test
    @DisplayName("does not stop before the least number of epochs, and then at once")
    void leastEpochs() {
        EarlyStop watch = new EarlyStop(Optional.of(new EarlyStopping(Metric.VALIDATION_ACCURACY, 1, 0, 4)));
        assertThat(best(watch, 0.5, 0.4, 0.3, 0.2, 0.9)).containsExactly(1);
        assertThat(state.epoch).isEqualTo(4);
    }

    @Test
    @DisplayName("that sees no validation images neither improves nor loses patience")
    void withoutImages() {
        EarlyStop watch = watch(Metric.VALIDATION_ACCURACY, 1, 0);
        for (int epoch = 0; epoch < 5; epoch++) {
            state.epoch++;
            assertThat(watch.improved(state)).isFalse();
            assertThat(watch.saysStop(state)).isFalse();
        }
        assertThat(state.best).isNaN();
    }

    @Test
    @DisplayName("takes nothing that is not a number for the best")
    void notANumber() {
        assertThat(best(watch(Metric.VALIDATION_LOSS, 3, 0), 0.5, Double.NaN, 0.4))
                .containsExactly(1, 3);
    }
}
