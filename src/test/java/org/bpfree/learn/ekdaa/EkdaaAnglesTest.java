package org.bpfree.learn.ekdaa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.ekdaa.EkdaaBench.clean;
import static org.bpfree.learn.ekdaa.EkdaaBench.denseBench;
import static org.bpfree.learn.ekdaa.EkdaaBench.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Vectors;
import org.bpfree.learn.backprop.BackpropLearner;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The angle tables of the numerical check in EKDAA's specification. That check used one draw of weights, images and labels; single draws
 * differ by tens of degrees, so the tables are compared with means over ten draws.
 */
@DisplayName("EKDAA's angles to backpropagation")
class EkdaaAnglesTest {
    private static final int DRAWS = 10;
    private static final double[] CONVOLUTIONAL_ANGLES = {30, 26, 31, 21, 13, 0};

    @Test
    @DisplayName("beta 0.1: the angles to backpropagation are below 2 degrees and norms fall by beta a layer, dense")
    void smallBetaIsBackpropagationInDenseNets() {
        Comparison comparison = compare(denseBench(1), clean(0.1));
        assertThat(Arrays.stream(comparison.angles).max().orElseThrow()).isLessThan(1);
        assertClose(comparison.normRatios, new double[] {1e-3, 1e-2, 1e-1, 1}, 0.02);
    }

    @Test
    @DisplayName("beta towards 0: the angle to backpropagation shrinks in proportion to beta")
    void angleIsProportionalToBeta() {
        double tenth = compare(denseBench(1), clean(0.1)).angles[1];
        double hundredth = compare(denseBench(1), clean(0.01)).angles[1];
        assertThat(tenth / hundredth).isCloseTo(10, within(1.0));
    }

    @Test
    @DisplayName("the dense table of section 9.1: 8.3 6.7 3.7 0 degrees and norm ratios .715 .796 .892 1 at beta 0.9")
    void denseTable() {
        double[][] mean = means(EkdaaBench::denseBench, clean(0.9));
        assertClose(mean[0], new double[] {8.3, 6.7, 3.7, 0}, 2.0);
        assertClose(mean[1], new double[] {0.715, 0.796, 0.892, 1}, 0.03);
    }

    @Test
    @DisplayName("the dense table of section 9.1: 3.2 3.0 2.1 0 degrees and norm ratios .125 .249 .499 1 at beta 0.5")
    void denseTableAtHalf() {
        double[][] mean = means(EkdaaBench::denseBench, clean(0.5));
        assertClose(mean[0], new double[] {3.2, 3.0, 2.1, 0}, 0.8);
        assertClose(mean[1], new double[] {0.125, 0.249, 0.499, 1}, 0.01);
    }

    @Test
    @DisplayName("the convolutional table of section 9.1: below 3 degrees at beta 0.1; 30 26 31 21 13 0 at beta 0.9")
    void convolutionalTable() {
        double[][] small = means(EkdaaBench::convBench, clean(0.1));
        assertClose(small[0], new double[] {1.1, 0.97, 1.8, 1.9, 1.6, 0}, 1.0);
        double[][] large = means(EkdaaBench::convBench, clean(0.9));
        assertClose(large[0], CONVOLUTIONAL_ANGLES, 8.0);
    }

    @Test
    @DisplayName("negative control: the angles of random error kernels are far from that table")
    void randomKernelsAreFarFromTheTable() {
        EkdaaSettings random = settings("{beta: 0.9, errorKernels: random}");
        double[] angles = means(EkdaaBench::convBench, random)[0];
        assertThatThrownBy(() -> assertClose(angles, CONVOLUTIONAL_ANGLES, 8.0)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("random error kernels: hidden layers at right angles to backpropagation, the last layer exact")
    void randomErrorKernels() {
        EkdaaSettings random = settings("{beta: 0.9, errorKernels: random}");
        double[] angles = means(EkdaaBench::denseBench, random)[0];
        for (int layer = 0; layer < 3; layer++) {
            assertThat(angles[layer]).isCloseTo(90, within(6.0));
        }
        assertThat(angles[3]).isZero();
    }

    @Test
    @DisplayName(
            "the released rule of section 9.3 (82 94 75 89 13 0 degrees): convolutions start at right angles to backpropagation")
    void releasedTable() {
        double[] released = means(
                EkdaaBench::convBench,
                // the table is of the ordinary forward pass
                settings("{mode: released, beta: 0.9, forward: activation, poolTarget: activation}"))[0];
        double[] clean = means(EkdaaBench::convBench, clean(0.9))[0];
        for (int layer = 0; layer < 4; layer++) {
            assertThat(released[layer]).as("layer " + layer).isBetween(70.0, 110.0);
        }
        assertThat(released[4]).isCloseTo(clean[4], within(1e-9));
        assertThat(released[5]).isZero();
    }

    private record Comparison(double[] angles, double[] normRatios) {}

    private static Comparison compare(Bench bench, EkdaaSettings settings) {
        Map<String, double[]> gradients = Bench.updates(new BackpropLearner(bench.context()), bench.batch);
        Map<String, double[]> updates = Bench.updates(new EkdaaLearner(settings, bench.context()), bench.batch);
        List<String> keys =
                bench.graph.trainableParameters().stream().map(Parameter::key).toList();
        return new Comparison(
                keys.stream()
                        .mapToDouble(key -> Vectors.angle(gradients.get(key), updates.get(key)))
                        .toArray(),
                keys.stream()
                        .mapToDouble(key -> Vectors.norm(updates.get(key)) / Vectors.norm(gradients.get(key)))
                        .toArray());
    }

    private static double[][] means(java.util.function.LongFunction<Bench> benches, EkdaaSettings settings) {
        double[][] mean = null;
        for (long draw = 1; draw <= DRAWS; draw++) {
            Comparison comparison = compare(benches.apply(draw), settings);
            if (mean == null) {
                mean = new double[2][comparison.angles.length];
            }
            for (int layer = 0; layer < comparison.angles.length; layer++) {
                mean[0][layer] += comparison.angles[layer] / DRAWS;
                mean[1][layer] += comparison.normRatios[layer] / DRAWS;
            }
        }
        return mean;
    }

    private static void assertClose(double[] actual, double[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i])
                    .as("entry " + i + " of " + Arrays.toString(actual))
                    .isCloseTo(expected[i], within(tolerance));
        }
    }
}
