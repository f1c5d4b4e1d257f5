package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Max-pools and the way their errors go, against loops over every window. */
class MaxPoolingTest {
    private static final int CASES = 60;

    /**
     * What a window made of a map, pixel by pixel: sizes and strides of every kind, also windows that overlap, leave a rest or cross the
     * border.
     */
    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void errorsGoToTheFirstLargestPixelOfEachWindow(boolean touching, boolean same) {
        RandomGenerator random = RandomStream.of(1, "test/pool");
        for (int i = 0; i < CASES; i++) {
            int size = 1 + random.nextInt(3);
            Window window = new Window(size, touching ? size : 1 + random.nextInt(3), same);
            int height = size + random.nextInt(7);
            int width = size + random.nextInt(7);
            int channels = 1 + random.nextInt(19);
            Tensor input = RandomTensors.random(random, Precision.FLOAT32, 2, height, width, channels);
            rectifySome(random, input);
            Tensor output =
                    Tensor.zeros(Precision.FLOAT32, Shape.of(2, window.count(height), window.count(width), channels));
            Pooling.forward(Pooling.Reduction.MAX, input, output, window).run();
            Tensor error = RandomTensors.random(
                    random,
                    Precision.FLOAT32,
                    2,
                    output.shape().extent(1),
                    output.shape().extent(2),
                    channels);
            Tensor inputError = RandomTensors.zerosLike(input);
            inputError.fill(9); // what is left from the step before

            Pooling.backward(Pooling.Reduction.MAX, input, output, error, inputError, window)
                    .run();

            Naive naive = new Naive(input, error, window);
            RandomTensors.assertClose(output, naive.output);
            RandomTensors.assertClose(inputError, naive.inputError);
        }
    }

    /** Ties, as a rectifier makes them. */
    private static void rectifySome(RandomGenerator random, Tensor input) {
        if (random.nextBoolean()) {
            double[] values = input.toDoubles();
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.max(0, values[i]);
            }
            input.write(values);
        }
    }

    @Test
    void anErrorOfEqualsIsNotShared() {
        Tensor input = Tensor.zeros(Precision.FLOAT32, Shape.of(1, 2, 2, 1));
        Tensor output = Tensor.zeros(Precision.FLOAT32, Shape.of(1, 1, 1, 1));
        Tensor error = Tensor.of(Precision.FLOAT32, Shape.of(1, 1, 1, 1), 5);
        Tensor inputError = RandomTensors.zerosLike(input);
        Window window = new Window(2, 2, false);

        Pooling.forward(Pooling.Reduction.MAX, input, output, window).run();
        Pooling.backward(Pooling.Reduction.MAX, input, output, error, inputError, window)
                .run();

        assertThat(inputError.toDoubles()).containsExactly(5, 0, 0, 0);
    }

    @Test
    void theSmallestDifferenceOfNumbersOfOrdinarySizeDecides() {
        float almost = Math.nextDown(1e-6f);
        Tensor input = Tensor.of(Precision.FLOAT32, Shape.of(1, 2, 2, 1), almost, 1e-6f, -1, -1);
        Tensor output = Tensor.of(Precision.FLOAT32, Shape.of(1, 1, 1, 1), 1e-6f);
        Tensor error = Tensor.of(Precision.FLOAT32, Shape.of(1, 1, 1, 1), 3);
        Tensor inputError = RandomTensors.zerosLike(input);

        Pooling.backward(Pooling.Reduction.MAX, input, output, error, inputError, new Window(2, 2, false))
                .run();

        assertThat(inputError.toDoubles()).containsExactly(0, 3, 0, 0);
    }

    @Test
    void whatIsNotANumberIsNotLost() {
        Tensor input = Tensor.of(Precision.FLOAT32, Shape.of(1, 2, 2, 1), 1, Double.NaN, 3, 2);
        Tensor output = Tensor.zeros(Precision.FLOAT32, Shape.of(1, 1, 1, 1));

        Pooling.forward(Pooling.Reduction.MAX, input, output, new Window(2, 2, false))
                .run();

        assertThat(output.toDoubles()).containsExactly(Double.NaN);
    }

    private static final class Naive {
        final double[] output;
        final double[] inputError;

        Naive(Tensor input, Tensor error, Window window) {
            int height = input.shape().extent(1);
            int width = input.shape().extent(2);
            int channels = input.shape().extent(3);
            int rows = error.shape().extent(1);
            int columns = error.shape().extent(2);
            output = new double[error.size()];
            inputError = new double[input.size()];
            for (int o = 0; o < output.length; o++) {
                int channel = o % channels;
                int column = o / channels % columns;
                int row = o / channels / columns % rows;
                int image = o / channels / columns / rows;
                int winner = -1;
                for (int dy = 0; dy < window.size(); dy++) {
                    for (int dx = 0; dx < window.size(); dx++) {
                        int y = row * window.stride() + dy - window.paddingBefore(height);
                        int x = column * window.stride() + dx - window.paddingBefore(width);
                        if (y < 0 || y >= height || x < 0 || x >= width) {
                            continue;
                        }
                        int at = ((image * height + y) * width + x) * channels + channel;
                        if (winner < 0 || input.at(at) > input.at(winner)) {
                            winner = at;
                        }
                    }
                }
                output[o] = input.at(winner);
                inputError[winner] += error.at(o);
            }
        }
    }
}
