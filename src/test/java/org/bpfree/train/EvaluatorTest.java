package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.graph.Loss;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An evaluation")
class EvaluatorTest {
    private final ScriptedLearner scripted = new ScriptedLearner();

    /** What a learner without an evaluation of its own does: loss and accuracy of its scores. */
    private Evaluator ofScores() {
        Learner plain = new Learner() {
            @Override
            public Loss.Result learn(LabelledImages batch) {
                throw new AssertionError("nothing is learned");
            }

            @Override
            public Tensor predict(LabelledImages batch) {
                return scripted.predict(batch);
            }

            @Override
            public java.util.Map<String, Tensor> activations(LabelledImages batch) {
                return java.util.Map.of();
            }

            @Override
            public List<Trained> trained() {
                return List.of();
            }

            @Override
            public long scratchBytes() {
                return 0;
            }
        };
        return new Evaluator(
                plain, scripted.slot, new Loss(LossFunction.CROSS_ENTROPY, 10), ScriptedLearner.NORMALIZER);
    }

    @Test
    @DisplayName("adds up every image once, the partial last batch included, in the order in which they are stored")
    void everyImageOnce() {
        List<Integer> labels = new ArrayList<>();
        List<Integer> predictions = new ArrayList<>();
        Loss.Result result = ofScores().evaluate(ScriptedLearner.TRAINING, (label, prediction, rank) -> {
            labels.add(label);
            predictions.add(prediction);
        });
        assertThat(labels).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(predictions).containsExactly(0, 2, 2, 4, 4, 6, 6, 8, 8, 0);
        assertThat(result.images()).isEqualTo(10);
        assertThat(result.correct()).isEqualTo(5);
        // One score of 1 and nine of 0: log(e + 9), less 1 where the 1 is the label's.
        assertThat(result.lossSum()).isCloseTo(10 * Math.log(Math.E + 9) - 5, within(1e-9));
    }

    @Test
    @DisplayName("of no images is nothing, and asks for no prediction")
    void noImages() {
        assertThat(scripted.evaluator().evaluate(ScriptedLearner.NONE)).isEqualTo(Loss.Result.NONE);
    }

    @Test
    @DisplayName("leaves to the learner what its loss is")
    void ownFigures() {
        scripted.accuracies = new double[] {1, 0, 0.5};
        scripted.validationLoss = 3;
        assertThat(scripted.evaluator().evaluate(ScriptedLearner.TRAINING)).isEqualTo(new Loss.Result(30, 5, 10));
    }
}
