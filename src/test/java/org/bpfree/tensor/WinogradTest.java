package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Winograd's minimal filtering")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class WinogradTest {
    private static final Window SAME = new Window(3, 1, true);

    @BeforeEach
    void severalThreads() {
        Backend.start(2);
    }

    @AfterEach
    void oneThreadForTheOtherTests() {
        Backend.start(1);
    }

    @ParameterizedTest(name = "F({0}, {1})")
    @CsvSource({"4, 3", "2, 3", "2, 5"})
    void isExactlyTheFilterItReplaces(int outputs, int taps) {
        double[] points = {0, 0.75, -0.75, 1.5, -1.5};
        MinimalFilter filter = new MinimalFilter(outputs, taps, Arrays.copyOf(points, outputs + taps - 2));
        RandomGenerator random = RandomStream.of(1, "filter");
        double[] d = random.doubles(outputs + taps - 1, -1, 1).toArray();
        double[] w = random.doubles(taps, -1, 1).toArray();
        double[] e = random.doubles(outputs, -1, 1).toArray();

        double[] y = times(filter.output(), product(times(filter.weights(), w), times(filter.input(), d)));
        double[] g = times(filter.gradient(), product(times(filter.error(), e), times(filter.input(), d)));
        double[] reversed = times(filter.flippedWeights(), w);

        for (int k = 0; k < outputs; k++) {
            double expected = 0;
            for (int j = 0; j < taps; j++) {
                expected += d[k + j] * w[j];
            }
            assertThat(y[k]).isCloseTo(expected, within(1e-13));
        }
        for (int j = 0; j < taps; j++) {
            double expected = 0;
            for (int k = 0; k < outputs; k++) {
                expected += d[k + j] * e[k];
            }
            assertThat(g[j]).isCloseTo(expected, within(1e-13));
        }
        double[] back = new double[taps];
        for (int j = 0; j < taps; j++) {
            back[j] = w[taps - 1 - j];
        }
        assertThat(reversed).containsExactly(times(filter.weights(), back), within(1e-15));
    }

    @RepeatedTest(60)
    void agreesWithNaiveLoops(RepetitionInfo repetition) {
        RandomGenerator random = RandomStream.of(repetition.getCurrentRepetition(), "winograd shapes");
        int[] channels = {1, 3, 8, 16, 17, 33, 64, 130};
        int in = channels[random.nextInt(channels.length)];
        int out = channels[random.nextInt(channels.length)];
        int extent = in * out > 3000 ? 7 : 14;
        Window window = new Window(3, 1, random.nextBoolean());
        int batch = 1 + random.nextInt(5);
        Layer layer = new Layer(random, batch, 3 + random.nextInt(extent), 3 + random.nextInt(extent), in, out, window);
        NaiveConvolution naive = new NaiveConvolution(layer.input, layer.weights, layer.bias, layer.error, window);
        layer.run();
        layer.run(); // nothing is left behind by the run before

        ConvolutionTest.assertClose(layer.output, naive.output());
        ConvolutionTest.assertClose(layer.inputError, naive.inputError());
        ConvolutionTest.assertClose(layer.weightGradient, naive.weightGradient());
        ConvolutionTest.assertClose(layer.biasGradient, naive.biasGradient());
    }

    @Test
    void isChosenForManyChannelsAndWholeTilesOnly() {
        OneDnn library = OneDnn.instance().orElseThrow();
        assertThat(pays(library, 16, 64, SAME)).isEqualTo(library.fusesMultiplyAdd());
        assertThat(pays(library, 16, 8, SAME)).isFalse();
        assertThat(pays(library, 2, 64, SAME)).isFalse();
        assertThat(pays(library, 16, 64, new Window(3, 2, true))).isFalse();
        assertThat(pays(library, 16, 64, new Window(5, 1, true))).isFalse();
    }

    @Test
    void roundsLikeThePlainSumUpToAFactor() {
        RandomGenerator random = RandomStream.of(1, "winograd rounding");
        Layer layer = new Layer(random, 4, 16, 16, 64, 64, SAME);
        double[] exact = new NaiveConvolution(layer.input, layer.weights, layer.bias, layer.error, SAME).output();
        layer.run();
        double filtered = rootMeanSquare(layer.output, exact);
        new SharedConvolution(OneDnn.instance().orElseThrow(), layer.input.shape(), layer.output.shape(), SAME, true)
                .forward(layer.input, layer.weights, layer.bias, layer.output)
                .run();
        double direct = rootMeanSquare(layer.output, exact);

        assertThat(filtered).isBetween(0.3 * direct, 5 * direct);
    }

    private static boolean pays(OneDnn library, int extent, int channels, Window window) {
        Shape input = Shape.of(8, extent, extent, channels);
        Shape output = Shape.of(8, window.count(extent), window.count(extent), channels);
        return WinogradConvolution.pays(library, input, output, window);
    }

    private static double rootMeanSquare(Tensor actual, double[] expected) {
        double sum = 0;
        double[] values = actual.toDoubles();
        for (int i = 0; i < expected.length; i++) {
            sum += (values[i] - expected[i]) * (values[i] - expected[i]);
        }
        return Math.sqrt(sum / expected.length);
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] result = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                result[i] += matrix[i][j] * vector[j];
            }
        }
        return result;
    }

    private static double[] product(double[] a, double[] b) {
        double[] result = a.clone();
        for (int i = 0; i < a.length; i++) {
            result[i] *= b[i];
        }
        return result;
    }

    /** One layer's tensors, results unset. */
    private static final class Layer {
        final Tensor input;
        final Tensor weights;
        final Tensor bias;
        final Tensor error;
        final Tensor output;
        final Tensor inputError;
        final Tensor weightGradient;
        final Tensor biasGradient;
        private final Routine all;

        Layer(RandomGenerator random, int batch, int height, int width, int in, int out, Window window) {
            input = random(random, Shape.of(batch + 2, height, width, in)).slice(1, batch);
            weights = random(random, Shape.of(out, 3, 3, in));
            bias = random(random, Shape.of(out));
            output = unset(Shape.of(batch, window.count(height), window.count(width), out));
            error = random(random, output.shape());
            inputError = unset(input.shape());
            weightGradient = unset(weights.shape());
            biasGradient = unset(bias.shape());
            WinogradConvolution plan = new WinogradConvolution(OneDnn.instance().orElseThrow(), input.shape(), window);
            all = plan.forward(input, weights, bias, output)
                    .then(plan.inputError(weights, error, inputError))
                    .then(plan.gradient(input, error, weightGradient, biasGradient));
        }

        void run() {
            all.run();
        }

        private static Tensor random(RandomGenerator random, Shape shape) {
            Tensor tensor = Tensor.zeros(Precision.FLOAT32, shape);
            tensor.write(random.doubles(shape.size(), -1, 1).toArray());
            return tensor;
        }

        private static Tensor unset(Shape shape) {
            Tensor tensor = Tensor.zeros(Precision.FLOAT32, shape);
            tensor.fill(Double.NaN);
            return tensor;
        }
    }
}
