package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Products of matrices")
class MatrixProductTest {
    private final RandomGenerator random = RandomStream.of(1, "products");

    @AfterEach
    void oneThreadForTheOtherTests() {
        Backend.start(1);
    }

    private static double[] naive(Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor added) {
        int rows = a.shape().extent(transposeA ? 1 : 0);
        int terms = a.shape().extent(transposeA ? 0 : 1);
        int columns = b.shape().extent(transposeB ? 0 : 1);
        double[] x = a.toDoubles();
        double[] y = b.toDoubles();
        double[] result = added.toDoubles();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < terms; k++) {
                    result[i * columns + j] += x[transposeA ? k * rows + i : i * terms + k]
                            * y[transposeB ? j * terms + k : k * columns + j];
                }
            }
        }
        return result;
    }

    @ParameterizedTest
    @DisplayName("are those of three loops, in both libraries, shared by rows or by columns")
    @CsvSource({"3, 5, 4, 1", "200, 300, 30, 2", "30, 300, 201, 2", "1, 7, 1, 2"})
    void threeLoops(int rows, int terms, int columns, int threads) {
        Backend.start(threads);
        for (Precision precision : Precision.values()) {
            Tensor a = RandomTensors.random(random, precision, rows, terms);
            Tensor b = RandomTensors.random(random, precision, terms, columns);
            Tensor turnedA = RandomTensors.random(random, precision, terms, rows);
            Tensor turnedB = RandomTensors.random(random, precision, columns, terms);
            Tensor result = Tensor.zeros(precision, Shape.of(rows, columns));
            Tensor zeros = RandomTensors.zerosLike(result);

            MatrixProduct.of(a, b, result).run();
            RandomTensors.assertClose(result, naive(a, false, b, false, zeros));
            MatrixProduct.withSecondTransposed(a, turnedB, result).run();
            RandomTensors.assertClose(result, naive(a, false, turnedB, true, zeros));
            MatrixProduct.withFirstTransposed(turnedA, b, result).run();
            RandomTensors.assertClose(result, naive(turnedA, true, b, false, zeros));
            double[] twice = naive(turnedA, true, b, false, result);
            MatrixProduct.addWithFirstTransposed(turnedA, b, result).run();
            RandomTensors.assertClose(result, twice);
            assertThat(RandomTensors.difference(result, naive(turnedA, true, b, false, zeros)))
                    .as("negative control: nothing added")
                    .isGreaterThan(1e-3);

            BlasProduct.shared(
                            new BlasProduct.Factor(turnedA, true), new BlasProduct.Factor(turnedB, true), result, false)
                    .run();
            RandomTensors.assertClose(result, naive(turnedA, true, turnedB, true, zeros));
        }
    }
}
