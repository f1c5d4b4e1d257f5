package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

@DisplayName("Convolution kernels agree with loops over the definition, on random shapes")
class ConvolutionTest {
    private static final double FLOAT32_TOLERANCE = 2e-5; // relative; oneDNN may take the less exact Winograd route

    @RepeatedTest(30)
    void agreesWithNaiveLoops(RepetitionInfo repetition) {
        RandomGenerator random = RandomStream.of(repetition.getCurrentRepetition(), "convolution shapes");
        Precision precision = random.nextBoolean() ? Precision.FLOAT32 : Precision.FLOAT64;
        Window window = new Window(1 + random.nextInt(5), 1 + random.nextInt(3), random.nextBoolean());
        int height = window.size() + random.nextInt(12);
        int width = window.size() + random.nextInt(12);
        int batch = 1 + random.nextInt(7);
        int in = 1 + random.nextInt(5);
        int out = 1 + random.nextInt(9);
        Shape outputShape = Shape.of(batch, window.count(height), window.count(width), out);
        Tensor input = random(random, precision, Shape.of(batch, height, width, in));
        Tensor weights = random(random, precision, Shape.of(out, window.size(), window.size(), in));
        Tensor bias = random(random, precision, Shape.of(out));
        Tensor error = random(random, precision, outputShape);
        Tensor output = Tensor.zeros(precision, outputShape);
        Tensor inputError = Tensor.zeros(precision, input.shape());
        Tensor gradient = Tensor.zeros(precision, weights.shape());
        Tensor biasGradient = Tensor.zeros(precision, bias.shape());
        NaiveConvolution naive = new NaiveConvolution(input, weights, bias, error, window);

        Convolution.forward(input, weights, bias, output, window).run();
        assertClose(output, naive.output());
        Convolution.backward(input, weights, error, inputError, gradient, biasGradient, window)
                .run();
        assertClose(inputError, naive.inputError());
        assertClose(gradient, naive.weightGradient());
        assertClose(biasGradient, naive.biasGradient());
        gradient.fill(0);
        biasGradient.fill(0);
        Convolution.gradient(input, error, gradient, biasGradient, window).run();
        assertClose(gradient, naive.weightGradient());
        assertClose(biasGradient, naive.biasGradient());
    }

    private static Tensor random(RandomGenerator random, Precision precision, Shape shape) {
        Tensor tensor = Tensor.zeros(precision, shape);
        tensor.write(random.doubles(shape.size(), -1, 1).toArray());
        return tensor;
    }

    private static void assertClose(Tensor actual, double[] expected) {
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
