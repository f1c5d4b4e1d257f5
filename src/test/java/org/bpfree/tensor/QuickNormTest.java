package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The quick norm of an update")
class QuickNormTest {
    @AfterEach
    void oneThreadForTheOtherTests() {
        Backend.start(1);
    }

    @ParameterizedTest(name = "{0}, {1} numbers of size {2}, {3} threads")
    @DisplayName("is that of a plain sum of squares, also of numbers whose squares single precision does not have")
    @CsvSource({
        "FLOAT32, 1, 1, 1",
        "FLOAT32, 100003, 1, 1",
        "FLOAT32, 100003, 1, 2",
        "FLOAT32, 5000, 1e30, 1",
        "FLOAT32, 5000, 1e-30, 1",
        "FLOAT64, 5000, 1e100, 2"
    })
    void plainSum(Precision precision, int count, double size, int threads) {
        Backend.start(threads);
        Tensor tensor = RandomTensors.random(RandomStream.of(1, "norm"), precision, count);
        Elementwise.scale(tensor, size, tensor).run();
        double expected = 0;
        for (double x : tensor.toDoubles()) {
            expected += x * x;
        }
        QuickNorm norm = new QuickNorm(tensor);

        assertThat(norm.square()).isCloseTo(expected, Percentage.withPercentage(1e-4));
        assertThat(norm.square()).as("asked again").isCloseTo(expected, Percentage.withPercentage(1e-4));
        tensor.set(count - 1, 2 * tensor.at(count - 1) + size); // negative control
        assertThat(norm.square()).isNotCloseTo(expected, Percentage.withPercentage(1e-4));
    }

    @ParameterizedTest
    @DisplayName("is not finite where a number is not, wherever it stands")
    @CsvSource({"FLOAT32, 0", "FLOAT32, 2047", "FLOAT32, 4999", "FLOAT64, 4999"})
    void notFinite(Precision precision, int place) {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            double[] numbers = new double[5000];
            Arrays.fill(numbers, 1);
            Tensor tensor = Tensor.of(precision, Shape.of(5000), numbers);
            assertThat(new QuickNorm(tensor).square()).isEqualTo(5000);
            assertThat(tensor.isFinite()).isTrue();
            tensor.set(place, bad);
            assertThat(new QuickNorm(tensor).square()).isNotFinite();
            assertThat(tensor.isFinite()).isFalse();
        }
    }
}
