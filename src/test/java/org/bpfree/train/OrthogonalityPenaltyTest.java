package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.train.OrthogonalitySettings.Penalty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The orthogonality penalty")
class OrthogonalityPenaltyTest {
    private static final int N = 8;
    private static final double STRENGTH = 0.3;

    private final Tensor weights = Tensor.of(
            Precision.FLOAT64,
            Shape.of(N, 2, 2, 2),
            new Random(5).doubles(N * N, -1, 1).toArray());

    private static double[] update(Tensor weights, Penalty penalty, double scale, Trained.Kind kind) {
        Tensor update = Tensor.zeros(weights.precision(), weights.shape());
        update.fill(1);
        Trained trained = new Trained("layer/weights", weights, update, kind);
        new OrthogonalityPenalty(new OrthogonalitySettings(STRENGTH, penalty), List.of(trained))
                .addToUpdates(scale, List.of(trained));
        return update.toDoubles();
    }

    /** The penalty as published, on the columns of the matrix, which are the rows of the papers' transposed one. */
    private double penalty(Penalty penalty) {
        double sum = 0;
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                double product = penalty == Penalty.IDENTITY && i == j ? -1 : 0;
                for (int row = 0; row < N; row++) {
                    product += weights.at(row * N + i) * weights.at(row * N + j);
                }
                sum += penalty == Penalty.OFF_DIAGONAL && i == j ? 0 : product * product;
            }
        }
        return STRENGTH * sum;
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "adds its derivative to the update, by central differences, over the factor that the optimizer will apply")
    void addsItsDerivative(Penalty penalty) {
        double[] update = update(weights, penalty, 0.25, Trained.Kind.WEIGHTS);
        for (int i = 0; i < update.length; i++) {
            double original = weights.at(i);
            weights.set(i, original + 1e-5);
            double above = penalty(penalty);
            weights.set(i, original - 1e-5);
            double below = penalty(penalty);
            weights.set(i, original);
            assertThat(0.25 * (update[i] - 1)).isCloseTo((above - below) / 2e-5, within(1e-8));
        }
    }

    @Test
    @DisplayName("is zero for orthogonal weights; longer ones cost in the form 'identity' only")
    void orthogonalWeights() {
        Tensor twice = Tensor.zeros(Precision.FLOAT64, Shape.of(N, N));
        for (int i = 0; i < N; i++) {
            twice.set(i * N + (i + 3) % N, 2);
        }
        assertThat(update(twice, Penalty.OFF_DIAGONAL, 1, Trained.Kind.WEIGHTS)).containsOnly(1);
        assertThat(update(twice, Penalty.IDENTITY, 1, Trained.Kind.WEIGHTS)[3])
                .isCloseTo(1 + STRENGTH * 4 * (4 - 1) * 2, within(1e-12));
    }

    @Test
    @DisplayName("leaves alone what is not square and what is not weights")
    void leavesOthersAlone() {
        Tensor wide = Tensor.of(Precision.FLOAT64, Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        assertThat(update(wide, Penalty.IDENTITY, 1, Trained.Kind.WEIGHTS)).containsOnly(1);
        assertThat(update(weights, Penalty.IDENTITY, 1, Trained.Kind.FEEDBACK)).containsOnly(1);
    }
}
