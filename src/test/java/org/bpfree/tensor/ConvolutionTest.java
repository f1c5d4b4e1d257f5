package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisplayName("Convolution kernels agree with loops over the definition, on random shapes")
class ConvolutionTest {
    private static final double FLOAT32_TOLERANCE = 2e-5; // relative, of sums with up to some thousand terms

    private final List<Tensor> surroundings = new ArrayList<>();

    @RepeatedTest(40)
    void agreesWithNaiveLoops(RepetitionInfo repetition) {
        RandomGenerator random = RandomStream.of(repetition.getCurrentRepetition(), "convolution shapes");
        Precision precision = random.nextInt(3) > 0 ? Precision.FLOAT32 : Precision.FLOAT64;
        Window window = new Window(1 + random.nextInt(5), 1 + random.nextInt(3), random.nextBoolean());
        compare(random, precision, window, 1 + random.nextInt(7), 1 + random.nextInt(5), 1 + random.nextInt(9), 12);
    }

    @RepeatedTest(60)
    void agreesWithNaiveLoopsOnManyChannels(RepetitionInfo repetition) {
        RandomGenerator random = RandomStream.of(repetition.getCurrentRepetition(), "convolution channels");
        Window window = new Window(1 + random.nextInt(3), 1 + random.nextInt(2), random.nextBoolean());
        int[] channels = {3, 6, 8, 12, 16, 20, 24, 33, 64, 128, 130, 160};
        int in = channels[random.nextInt(channels.length)];
        int out = channels[random.nextInt(channels.length)];
        compare(random, Precision.FLOAT32, window, 1 + random.nextInt(3), in, out, 6);
    }

    @RepeatedTest(12)
    void windowsThatLeaveGapsBeginAtTheFirstPixel(RepetitionInfo repetition) {
        RandomGenerator random = RandomStream.of(repetition.getCurrentRepetition(), "convolution gaps");
        Precision precision = random.nextBoolean() ? Precision.FLOAT32 : Precision.FLOAT64;
        compare(random, precision, new Window(1, 3, true), 2, 3, 5, 6);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void runsOnOneDnnItselfWhereTheBuildHasIt() {
        assertThat(OneDnn.instance()).isPresent();
    }

    private void compare(
            RandomGenerator random, Precision precision, Window window, int batch, int in, int out, int extent) {
        int height = window.size() + random.nextInt(extent);
        int width = window.size() + random.nextInt(extent);
        Shape outputShape = Shape.of(batch, window.count(height), window.count(width), out);
        // Views into larger tensors, as the last batch of an epoch has them.
        Tensor input = random(random, precision, Shape.of(batch + 2, height, width, in))
                .slice(1, batch);
        Tensor weights = random(random, precision, Shape.of(out, window.size(), window.size(), in));
        Tensor bias = random(random, precision, Shape.of(out));
        Tensor error = random(random, precision, Shape.of(batch + 1, outputShape.extent(1), outputShape.extent(2), out))
                .slice(1, batch);
        Tensor output = unset(precision, outputShape);
        Tensor inputError = unset(precision, input.shape());
        Tensor gradient = unset(precision, weights.shape());
        Tensor biasGradient = unset(precision, bias.shape());
        NaiveConvolution naive = new NaiveConvolution(input, weights, bias, error, window);

        Convolution.forward(input, weights, bias, output, window).run();
        assertClose(output, naive.output());
        Convolution.backward(input, weights, error, inputError, gradient, biasGradient, window)
                .run();
        assertClose(inputError, naive.inputError());
        assertClose(gradient, naive.weightGradient());
        assertClose(biasGradient, naive.biasGradient());
        gradient.fill(Double.NaN);
        biasGradient.fill(Double.NaN);
        Convolution.gradient(input, error, gradient, biasGradient, window).run();
        assertClose(gradient, naive.weightGradient());
        assertClose(biasGradient, naive.biasGradient());
        inputError.fill(Double.NaN);
        Convolution.inputError(input, weights, error, inputError, window).run();
        assertClose(inputError, naive.inputError());
        assertThatNeighboursAreUntouched();
    }

    /** A tensor in which what is not overwritten shows, with neighbours in memory in which what is overwritten shows. */
    private Tensor unset(Precision precision, Shape shape) {
        Tensor around = Tensor.zeros(precision, shape.inner().batched(shape.extent(0) + 2));
        around.fill(Double.NaN);
        surroundings.add(around);
        return around.slice(1, shape.extent(0));
    }

    private void assertThatNeighboursAreUntouched() {
        for (Tensor around : surroundings) {
            int inner = Math.toIntExact(around.shape().inner().size());
            double[] all = around.toDoubles();
            assertThat(Arrays.stream(all, 0, inner)).allMatch(x -> Double.isNaN(x));
            assertThat(Arrays.stream(all, all.length - inner, all.length)).allMatch(x -> Double.isNaN(x));
        }
    }

    private static Tensor random(RandomGenerator random, Precision precision, Shape shape) {
        Tensor tensor = Tensor.zeros(precision, shape);
        tensor.write(random.doubles(shape.size(), -1, 1).toArray());
        return tensor;
    }

    static void assertClose(Tensor actual, double[] expected) {
        double tolerance = actual.precision() == Precision.FLOAT32 ? FLOAT32_TOLERANCE : 1e-13;
        double largest = 1;
        double difference = 0;
        double[] values = actual.toDoubles();
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - values[i]));
        }
        assertThat(difference / largest).isLessThan(tolerance);
    }
}
