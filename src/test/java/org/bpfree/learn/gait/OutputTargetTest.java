package org.bpfree.learn.gait;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.Precision;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the recursion of sections 3 and 7.3 of the specification, sample by sample with loops and an elimination. */
@DisplayName("The first target of fixed increments")
class OutputTargetTest {
    private static final int N = SquareNets.WIDTH;
    private static final int DEPTH = 4;
    /** Large enough that increments change signs, so that the size of the first one is not divided out again. */
    private static final double GAMMA = 0.5;

    private static double slope(double y) {
        return y < 0 ? 0.1 : 1;
    }

    /** The solution r of {@code W r = a}. */
    private static double[] solve(double[] weights, double[] a) {
        double[][] rows = new double[N][N + 1];
        for (int i = 0; i < N; i++) {
            System.arraycopy(weights, i * N, rows[i], 0, N);
            rows[i][N] = a[i];
        }
        for (int pivot = 0; pivot < N; pivot++) {
            int largest = pivot;
            for (int i = pivot; i < N; i++) {
                largest = Math.abs(rows[i][pivot]) > Math.abs(rows[largest][pivot]) ? i : largest;
            }
            double[] swapped = rows[pivot];
            rows[pivot] = rows[largest];
            rows[largest] = swapped;
            for (int i = 0; i < N; i++) {
                double factor = i == pivot ? 0 : rows[i][pivot] / rows[pivot][pivot];
                for (int j = pivot; j <= N && factor != 0; j++) {
                    rows[i][j] -= factor * rows[pivot][j];
                }
            }
        }
        double[] r = new double[N];
        for (int i = 0; i < N; i++) {
            r[i] = rows[i][N] / rows[i][i];
        }
        return r;
    }

    /** Updates of the weights, summed over the batch, with a first target {@code y - share dL/dy}. */
    private static double[][] updates(Bench bench, boolean adjusted, double share) {
        List<Parameter> parameters = bench.graph.parameters();
        double[] images = bench.batch.images().toDoubles();
        double[][] updates = new double[DEPTH][N * N];
        for (int sample = 0; sample < bench.batch.size(); sample++) {
            double[][] y = new double[DEPTH + 1][N];
            System.arraycopy(images, sample * N, y[0], 0, N);
            for (int l = 1; l <= DEPTH; l++) {
                double[] w = bench.parameters.get(parameters.get(2 * l - 2)).toDoubles();
                double[] b = bench.parameters.get(parameters.get(2 * l - 1)).toDoubles();
                for (int i = 0; i < N; i++) {
                    double a = i < b.length ? b[i] : 0; // auxiliary units have none
                    for (int j = 0; j < N; j++) {
                        a += w[i * N + j] * y[l - 1][j];
                    }
                    y[l][i] = slope(a) * a;
                }
            }
            double[] t = y[DEPTH].clone();
            for (int k = 0; k < SquareNets.CLASSES; k++) {
                t[k] -= share * (y[DEPTH][k] - (k == bench.batch.labels()[sample] ? 1 : 0));
            }
            double m = 1 / share;
            for (int l = DEPTH; l >= 1; l--) {
                double[] w = bench.parameters.get(parameters.get(2 * l - 2)).toDoubles();
                double[] b = bench.parameters.get(parameters.get(2 * l - 1)).toDoubles();
                double[] reached = new double[N];
                for (int i = 0; i < N; i++) {
                    double slope = slope(y[l][i]);
                    for (int j = 0; j < N; j++) {
                        updates[l - 1][i * N + j] += m * (y[l][i] - t[i]) * slope * y[l - 1][j];
                    }
                    double k = adjusted ? GAMMA * slope * slope : GAMMA;
                    double moved = (1 - k) * y[l][i] + k * t[i];
                    reached[i] = moved / slope(moved) - (i < b.length ? b[i] : 0);
                }
                t = solve(w, reached);
                m /= GAMMA;
            }
        }
        return updates;
    }

    @ParameterizedTest
    @CsvSource({
        "gait-prop, gradient, literal",
        "gait-prop, gradient, difference",
        "gait-prop, half-gradient, literal",
        "gait-prop, half-gradient, difference",
        "itp, half-gradient, literal",
        "itp, half-gradient, difference"
    })
    @DisplayName("is the gradient, or half of it, away from the scores")
    void recursion(String type, String target, String form) {
        Bench bench = SquareNets.deep(DEPTH, Precision.FLOAT64);
        double share = target.equals("gradient") ? 1 : 0.5;
        double[][] expected = updates(bench, type.equals("gait-prop"), share);
        double[][] other = updates(bench, type.equals("gait-prop"), 1.5 - share);
        Map<String, double[]> actual = Bench.updates(
                Practice.learner(
                        "{type: %s, increment: fixed, gamma: %s, form: %s, outputTarget: %s}"
                                .formatted(type, GAMMA, form, target),
                        bench),
                bench.batch);
        for (int layer = 0; layer < DEPTH; layer++) {
            double[] update = actual.get("square-dense" + (layer + 1) + "/weights");
            assertThat(Vectors.relativeDifference(update, expected[layer])).isLessThan(1e-9);
            if (layer < DEPTH - 2) {
                assertThat(Vectors.relativeDifference(update, other[layer]))
                        .as("negative control: the other target")
                        .isGreaterThan(1e-3);
            }
        }
    }
}
