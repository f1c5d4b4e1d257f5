package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.data.BatchStream;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.TestImages;
import org.bpfree.graph.Loss;
import org.bpfree.testing.Yaml;
import org.bpfree.train.TrainingListener.StopReason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten images in batches of four: three steps an epoch, the last one of two images. */
@Timeout(30)
@DisplayName("The training loop")
class TrainerTest {
    private static final ImageSet VALIDATION = TestImages.random(new ImageShape(2, 2, 1), ScriptedLearner.BATCH);

    private final List<String> told = new ArrayList<>();
    private ScriptedLearner learner = new ScriptedLearner();
    private TrainingState state = new TrainingState();

    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void started(TrainingState at, int batchesPerEpoch) {
            told.add("started at step " + at.step + " of " + batchesPerEpoch + " an epoch");
        }

        @Override
        public void batchLearned(TrainingState at, Loss.Result result, double rate) {
            told.add("batch " + at.epoch + "." + at.batch + " of " + result.images() + " at " + rate);
        }

        @Override
        public void epochFinished(TrainingState at, double rate, boolean improved) {
            told.add("epoch " + at.epoch + (improved ? " improved" : "") + " at " + rate);
        }

        @Override
        public void ended(TrainingState at, StopReason reason) {
            told.add("ended " + reason);
        }
    };

    private StopReason train(String settings, ImageSet validation, int stopAfter) {
        TrainingStep step =
                learner.step(TrainingSettings.Reduction.MEAN, new LossBound(10, 2.5), TrainingStep.Observer.NONE);
        Trainer trainer = new Trainer(
                step,
                Yaml.settings(TrainingSettings.class, settings),
                Yaml.optimizer("{type: sgd, learningRate: 0.5}"),
                learner.evaluator(),
                state,
                List.of(listener));
        long first = state.step;
        try (BatchStream stream = ScriptedLearner.stream()) {
            return trainer.run(stream, validation, () -> state.step - first == stopAfter);
        }
    }

    @Test
    @DisplayName("completes every epoch, and tells of everything in order")
    void completes() {
        assertThat(train("{epochs: 2}", VALIDATION, -1)).isEqualTo(StopReason.COMPLETED);
        assertThat(told)
                .containsExactly(
                        "started at step 0 of 3 an epoch",
                        "batch 0.1 of 4 at 0.5",
                        "batch 0.2 of 4 at 0.5",
                        "batch 0.3 of 2 at 0.5",
                        "epoch 1 improved at 0.5",
                        "batch 1.1 of 4 at 0.5",
                        "batch 1.2 of 4 at 0.5",
                        "batch 1.3 of 2 at 0.5",
                        "epoch 2 at 0.5",
                        "ended COMPLETED");
        assertThat(state.step).isEqualTo(6);
        assertThat(state.images).isEqualTo(20);
        assertThat(state.batch).isZero();
        assertThat(state.lastTrain).isEqualTo(new Loss.Result(10, 3, 10));
        assertThat(state.running).isEqualTo(Loss.Result.NONE);
        assertThat(state.lastValidation).isEqualTo(new Loss.Result(4, 2, 4));
        assertThat(state.bestEpoch).isEqualTo(1);
    }

    @Test
    @DisplayName("without validation images knows no best epoch")
    void withoutValidation() {
        assertThat(train("{epochs: 2}", ScriptedLearner.NONE, -1)).isEqualTo(StopReason.COMPLETED);
        assertThat(told).contains("epoch 1 at 0.5", "epoch 2 at 0.5");
        assertThat(state.best).isNaN();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    @DisplayName("interrupted after any batch goes on to the same end, the last batches of epochs included")
    void interruption(int stopAfter) {
        train("{epochs: 2}", VALIDATION, -1);
        List<String> undisturbed = List.copyOf(learner.log);
        TrainingState expected = state;
        double reached = learner.value.at(0);

        learner = new ScriptedLearner();
        state = new TrainingState();
        told.clear();
        assertThat(train("{epochs: 2}", VALIDATION, stopAfter)).isEqualTo(StopReason.INTERRUPTED);
        assertThat(state.step).isEqualTo(stopAfter);
        assertThat(told).endsWith("ended INTERRUPTED").doesNotContain("epoch 2 at 0.5");
        // An epoch whose last batch is learned is finished by whoever goes on.
        assertThat(state.epoch).isEqualTo((stopAfter - 1) / 3);
        assertThat(train("{epochs: 2}", VALIDATION, -1)).isEqualTo(StopReason.COMPLETED);

        assertThat(learner.log.stream().filter(line -> line.startsWith("learn")))
                .containsExactlyElementsOf(undisturbed.stream()
                        .filter(line -> line.startsWith("learn"))
                        .toList());
        assertThat(learner.value.at(0)).isEqualTo(reached);
        assertThat(state.step).isEqualTo(expected.step);
        assertThat(state.images).isEqualTo(expected.images);
        assertThat(state.lastTrain).isEqualTo(expected.lastTrain);
        assertThat(state.lastValidation).isEqualTo(expected.lastValidation);
        assertThat(state.bestEpoch).isEqualTo(expected.bestEpoch);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0,    EARLY_STOPPING, 3", // 0.25 and 0.25 after 0.5: two epochs without improvement
        "3, 0,    COMPLETED,      3", // at the same time it has done all epochs
        "4, 4,    COMPLETED,      4", // minEpochs
        "9, 0.3,  EARLY_STOPPING, 3"
    })
    @DisplayName("stops early by patience, unless all epochs are done")
    void earlyStopping(int epochs, double number, StopReason reason, int done) {
        learner.accuracies = new double[] {0.5, 0.25, 0.25, 0.75, 0.75, 0.5};
        String more = number >= 1 ? ", minEpochs: " + (int) number : ", minDelta: " + number;
        String settings = "{epochs: %d, earlyStopping: {patience: 2%s}}".formatted(epochs, more);
        assertThat(train(settings, VALIDATION, -1)).isEqualTo(reason);
        assertThat(state.epoch).isEqualTo(done);
        assertThat(state.bestEpoch).isEqualTo(done == 4 ? 4 : 1);
    }

    @Test
    @DisplayName("that was stopped early learns nothing more when it is started again")
    void stoppedEarlyStaysStopped() {
        state.epoch = 3;
        state.epochsWithoutImprovement = 2;
        assertThat(train("{epochs: 9, earlyStopping: {patience: 2}}", VALIDATION, -1))
                .isEqualTo(StopReason.EARLY_STOPPING);
        assertThat(told).containsExactly("started at step 0 of 3 an epoch", "ended EARLY_STOPPING");
        assertThat(learner.log).isEmpty();
    }

    @Test
    @DisplayName("passes a divergence on, with the state of the step before")
    void divergence() {
        learner.losses = new double[] {1, 1, 1, 1, Double.NaN};
        assertThatThrownBy(() -> train("{epochs: 2}", VALIDATION, -1))
                .isInstanceOfSatisfying(Divergence.class, thrown -> assertThat(thrown.betweenBatches())
                        .isFalse());
        assertThat(state.step).isEqualTo(4);
        assertThat(state.epoch).isEqualTo(1);
        assertThat(told).last().isEqualTo("batch 1.1 of 4 at 0.5");
    }

    @Test
    @DisplayName("takes a validation loss above the bound for a divergence, found between batches")
    void divergenceOfValidation() {
        learner.validationLoss = 26;
        assertThatThrownBy(() -> train("{epochs: 2}", VALIDATION, -1))
                .isInstanceOfSatisfying(Divergence.class, thrown -> assertThat(thrown.betweenBatches())
                        .isTrue())
                .hasMessageContaining("the validation loss is 26");
    }
}
