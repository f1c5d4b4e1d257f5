package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MaxNormTest {
    private static final double[] VALUES = {3, 4, 0.3, 0.4, 0, 0};

    private final Tensor weights = Tensor.of(Precision.FLOAT64, Shape.of(3, 1, 1, 2), VALUES);
    private final Tensor bias = Tensor.of(Precision.FLOAT64, Shape.of(6), VALUES);
    private final Tensor feedback = Tensor.of(Precision.FLOAT64, Shape.of(3, 2), VALUES);

    private void constrain(double limit) {
        List<Trained> trained = List.of(
                new Trained("conv1/weights", weights, weights, Trained.Kind.WEIGHTS),
                new Trained("conv1/bias", bias, bias, Trained.Kind.OTHER),
                new Trained("feedback/conv1", feedback, feedback, Trained.Kind.FEEDBACK));
        new MaxNorm(limit, trained).apply(trained);
    }

    @Test
    void aFilterThatIsTooLongKeepsItsDirectionAndHasTheLargestNorm() {
        constrain(2);

        // (3, 4) has norm 5, (0.3, 0.4) has 0.5.
        double[] expected = {3 * 2 / 5.0, 4 * 2 / 5.0, 0.3, 0.4, 0, 0};
        for (int i = 0; i < expected.length; i++) {
            assertThat(weights.at(i)).isCloseTo(expected[i], within(1e-15));
        }
    }

    @Test
    void biasesAndTheLearnersOwnTensorsAreLeftAlone() {
        constrain(2);

        assertThat(bias.toDoubles()).containsExactly(VALUES);
        assertThat(feedback.toDoubles()).containsExactly(VALUES);
    }

    @Test
    void withoutALimitNothingChanges() {
        constrain(0);

        assertThat(weights.toDoubles()).containsExactly(VALUES);
    }
}
