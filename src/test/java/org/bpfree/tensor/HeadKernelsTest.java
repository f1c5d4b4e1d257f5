package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The adjoints of kernels that heads use, beside finite differences of their forward. */
@DisplayName("Kernels of heads")
class HeadKernelsTest {
    private static final double STEP = 1e-6;

    private static Tensor random(long seed, Shape shape) {
        return Tensor.of(
                Precision.FLOAT64,
                shape,
                new SplittableRandom(seed).doubles(shape.size(), -1, 1).toArray());
    }

    /** Compares an adjoint with differences of {@code sum of error * output}. */
    private static void assertAdjoint(
            Tensor input, Tensor output, Tensor error, BiFunction<Tensor, Tensor, Routine> forward, Tensor adjoint) {
        for (int i = 0; i < input.size(); i += 3) {
            double before = input.at(i);
            input.set(i, before + STEP);
            forward.apply(input, output).run();
            double above = dot(error, output);
            input.set(i, before - STEP);
            forward.apply(input, output).run();
            double below = dot(error, output);
            input.set(i, before);
            assertThat(adjoint.at(i)).isCloseTo((above - below) / (2 * STEP), within(1e-7));
        }
    }

    private static double dot(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.at(i) * b.at(i);
        }
        return sum;
    }

    @Test
    @DisplayName("means over rectangles, some of which are cut off")
    void means() {
        RectangleMean mean = new RectangleMean(4, 2);
        Tensor maps = random(1, Shape.of(2, 7, 5, 3));
        Tensor means =
                Tensor.zeros(Precision.FLOAT64, mean.of(Shape.of(7, 5, 3)).batched(2));
        assertThat(means.shape()).isEqualTo(Shape.of(2, 2, 3, 3));
        Tensor error = random(2, means.shape());
        Tensor adjoint = Tensor.zeros(Precision.FLOAT64, maps.shape());
        mean.backward(error, adjoint).run();
        assertAdjoint(maps, means, error, mean::forward, adjoint);
        maps.fill(2);
        mean.forward(maps, means).run();
        for (double ofTwos : means.toDoubles()) {
            assertThat(ofTwos).isCloseTo(2, within(1e-15));
        }
    }

    @Test
    @DisplayName("deviations over positions")
    void deviations() {
        Tensor maps = random(3, Shape.of(2, 3, 4, 5));
        Tensor deviations = Tensor.zeros(Precision.FLOAT64, Shape.of(2, 5));
        Tensor error = random(4, deviations.shape());
        Tensor adjoint = Tensor.zeros(Precision.FLOAT64, maps.shape());
        ChannelDeviation.forward(maps, deviations).run();
        ChannelDeviation.backward(maps, deviations, error, adjoint).run();
        assertAdjoint(maps, deviations, error, ChannelDeviation::forward, adjoint);
    }

    @Test
    @DisplayName("centred rows of length one")
    void unitRows() {
        Tensor rows = random(5, Shape.of(4, 6));
        Tensor units = Tensor.zeros(Precision.FLOAT64, rows.shape());
        Tensor lengths = Tensor.zeros(Precision.FLOAT64, Shape.of(4));
        Tensor error = random(6, rows.shape());
        Tensor adjoint = Tensor.zeros(Precision.FLOAT64, rows.shape());
        UnitRows.forward(rows, units, lengths).run();
        UnitRows.backward(units, lengths, error, adjoint).run();
        assertAdjoint(rows, units, error, (in, out) -> UnitRows.forward(in, out, lengths), adjoint);
        rows.fill(1);
        UnitRows.forward(rows, units, lengths).run();
        assertThat(units.toDoubles()).containsOnly(0);
    }
}
