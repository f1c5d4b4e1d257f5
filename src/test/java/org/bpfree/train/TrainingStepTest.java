package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.data.Batch;
import org.bpfree.data.BatchStream;
import org.bpfree.graph.Loss;
import org.bpfree.learn.LabelledImages;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A step of training")
class TrainingStepTest {
    private static final LossBound BOUND = new LossBound(10, 2.5);
    private static final double RATE = 0.5;

    private final ScriptedLearner learner = new ScriptedLearner();
    private final List<String> seen = new ArrayList<>();

    private final TrainingStep.Observer observer = new TrainingStep.Observer() {
        @Override
        public void updatesReady(LabelledImages batch, long step) {
            seen.add("all of step " + step + " at " + learner.value.at(0));
        }

        @Override
        public void updateReady(LabelledImages batch, long step, int update, Loss.Result loss) {
            seen.add(update + " at " + learner.value.at(0) + " of loss " + loss.meanLoss());
        }
    };

    private Loss.Result take(TrainingSettings.Reduction reduction) {
        try (BatchStream stream = ScriptedLearner.stream()) {
            stream.start(0, 0);
            Batch batch = stream.next();
            return learner.step(reduction, BOUND, observer).take(batch, settings -> RATE, 7);
        }
    }

    @Test
    @DisplayName("moves by the rate times the mean of the updates of the images, or their sum")
    void reductions() {
        assertThat(take(TrainingSettings.Reduction.MEAN)).isEqualTo(new Loss.Result(4, 1, 4));
        assertThat(learner.value.at(0)).isEqualTo(100 - RATE * 12 / 4);
        take(TrainingSettings.Reduction.SUM);
        assertThat(learner.value.at(0)).isEqualTo(98.5 - RATE * 12);
    }

    @Test
    @DisplayName("shows each update of a batch before it moves anything, and the last one as the step's")
    void severalUpdates() {
        learner.updates = 3;
        take(TrainingSettings.Reduction.SUM);
        assertThat(learner.log).endsWith("more 1", "more 2").hasSize(3);
        assertThat(seen)
                .containsExactly(
                        "0 at 100.0 of loss 1.0",
                        "1 at 94.0 of loss 1.0",
                        "2 at 82.0 of loss 1.0",
                        "all of step 7 at 82.0");
        assertThat(learner.value.at(0)).isEqualTo(100 - RATE * 12 * (1 + 2 + 3));
    }

    @Test
    @DisplayName("tells two observers in turn")
    void observersInTurn() {
        List<String> order = new ArrayList<>();
        TrainingStep.Observer both = ((TrainingStep.Observer) (batch, step) -> order.add("first"))
                .then((batch, step) -> order.add("second"));
        both.updatesReady(null, 0);
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    @DisplayName("stops at a loss that is not finite or above the bound, before anything is moved or shown")
    void divergingLosses() {
        learner.losses = new double[] {Double.NaN, Double.POSITIVE_INFINITY, 25.1, 25};
        assertThatThrownBy(() -> take(TrainingSettings.Reduction.MEAN))
                .isInstanceOf(Divergence.class)
                .hasMessage("the loss is NaN");
        assertThatThrownBy(() -> take(TrainingSettings.Reduction.MEAN))
                .isInstanceOf(Divergence.class)
                .hasMessage("the loss is Infinity");
        assertThatThrownBy(() -> take(TrainingSettings.Reduction.MEAN))
                .isInstanceOf(Divergence.class)
                .hasMessageContaining("the mean loss of the batch is 25.10, above 25.00,");
        assertThat(learner.value.at(0)).isEqualTo(100);
        assertThat(seen).isEmpty();
        take(TrainingSettings.Reduction.MEAN); // at the bound, not above it
        assertThat(learner.value.at(0)).isEqualTo(98.5);
    }

    @Test
    @DisplayName("stops at an update that is not finite, before anything is moved")
    void divergingUpdate() {
        learner.gradient = Double.NEGATIVE_INFINITY;
        assertThatThrownBy(() -> take(TrainingSettings.Reduction.MEAN)).isInstanceOf(Divergence.class);
        assertThat(learner.value.at(0)).isEqualTo(100);
    }
}
