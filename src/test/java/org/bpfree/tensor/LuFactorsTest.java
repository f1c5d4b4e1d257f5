package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("LU factors")
class LuFactorsTest {
    private static Tensor random(Precision precision, int rows, int columns) {
        return Tensor.of(
                precision,
                Shape.of(rows, columns),
                new Random(3).doubles((long) rows * columns, -1, 1).toArray());
    }

    @ParameterizedTest
    @CsvSource({"FLOAT64, 1.0e-11", "FLOAT32, 1.0e-3"})
    @DisplayName("solve A x = r for every row r")
    void solves(Precision precision, double tolerance) {
        int n = 30;
        Tensor matrix = random(precision, n, n);
        Tensor right = random(precision, 7, n);
        Tensor rows = Tensor.of(precision, right.shape(), right.toDoubles());
        LuFactors factors = new LuFactors(matrix);
        assertThat(factors.factorize()).isBetween(1.0, 1e5);
        factors.solveRows(rows).run();
        for (int row = 0; row < 7; row++) {
            for (int i = 0; i < n; i++) {
                double product = 0;
                for (int j = 0; j < n; j++) {
                    product += matrix.at(i * n + j) * rows.at(row * n + j);
                }
                assertThat(product).isCloseTo(right.at(row * n + i), within(tolerance));
            }
        }
    }

    @Test
    @DisplayName("know the condition number: 1e6 for a diagonal from 1 to 1e-6, infinite for a zero row, NaN for NaN")
    void conditionNumber() {
        Tensor diagonal = Tensor.of(Precision.FLOAT64, Shape.of(3, 3), 1, 0, 0, 0, 1e-3, 0, 0, 0, 1e-6);
        LuFactors factors = new LuFactors(diagonal);
        assertThat(factors.factorize()).isCloseTo(1e6, within(1e-3));
        diagonal.set(8, 0);
        assertThat(factors.factorize()).isInfinite();
        diagonal.set(8, Double.NaN);
        assertThat(factors.factorize()).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"FLOAT64, 1.0e-8", "FLOAT32, 0.1"})
    @DisplayName(
            "need no more than a Java thread's stack when the backend has two threads, at a size that OpenBLAS would divide")
    void largeWithTwoThreads(Precision precision, double tolerance) {
        int n = 700;
        int threads = openblas_nolapack.blas_get_num_threads();
        openblas_nolapack.blas_set_num_threads(2);
        try {
            Tensor matrix = random(precision, n, n);
            for (int i = 0; i < n; i++) {
                matrix.set(i * n + i, matrix.at(i * n + i) + 50);
            }
            Tensor rows = random(precision, 256, n);
            double[] right = rows.toDoubles();
            LuFactors factors = new LuFactors(matrix);
            factors.factorize();
            factors.solveRows(rows).run();
            double product = 0;
            for (int j = 0; j < n; j++) {
                product += matrix.at(3 * n + j) * rows.at(255 * n + j);
            }
            assertThat(product).isCloseTo(right[255 * n + 3], within(tolerance));
            assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(2);
        } finally {
            openblas_nolapack.blas_set_num_threads(threads);
        }
    }
}
