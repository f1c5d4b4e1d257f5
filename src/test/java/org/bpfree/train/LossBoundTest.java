package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bpfree.graph.Loss;
import org.bpfree.graph.LossFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossBoundTest {
    private static Loss.Result meanLoss(double loss) {
        return new Loss.Result(4 * loss, 0, 4);
    }

    @Test
    void aMeanLossAboveTheBoundIsExcessive() {
        LossBound bound = new LossBound(1000, 0.45);

        assertThat(bound.excess("the loss", meanLoss(449))).isNull();
        assertThat(bound.excess("the loss", meanLoss(451)))
                .isEqualTo(
                        "the loss is 451.0, above 450.0, which is 1000 times that of guessing (training.divergenceFactor)");
        assertThatThrownBy(() -> bound.check("the test loss", meanLoss(451)))
                .isInstanceOf(Divergence.class)
                .satisfies(e -> assertThat(((Divergence) e).betweenBatches()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void aLossThatIsNotFiniteIsExcessiveWithoutABound(double loss) {
        assertThat(LossBound.NONE.excess("the loss", meanLoss(loss))).startsWith("the loss is ");
        assertThat(LossBound.NONE.excess("the loss", meanLoss(1e300))).isNull();
    }

    @ParameterizedTest
    @FieldSource("org.bpfree.testing.Losses#VARIED")
    void theLossOfGuessingIsTheLeastOfEqualScoresForAllClasses(LossFunction name) {
        int classes = 5;
        Loss loss = new Loss(name, classes);
        double least = Double.POSITIVE_INFINITY;
        for (double score = -2; score <= 2; score += 1e-3) {
            double[] scores = new double[classes];
            java.util.Arrays.fill(scores, score);
            Tensor output = Tensor.of(Precision.FLOAT64, Shape.of(1, classes), scores);
            least = Math.min(least, loss.evaluate(output, new int[] {3}, null).lossSum());
        }

        assertThat(loss.ofGuessing()).isCloseTo(least, within(1e-6));
    }
}
