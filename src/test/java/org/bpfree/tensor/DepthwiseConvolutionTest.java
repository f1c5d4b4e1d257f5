package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayName("A depthwise convolution is a convolution whose kernels are zero but for one channel")
class DepthwiseConvolutionTest {
    private static final int MOST_REPEATED = 512;

    /** Random operands, and the same convolution with the zeros written out. */
    private static final class Case {
        final Window window;
        final int channels;
        final int outputs;
        final Tensor input;
        final Tensor weights;
        final Tensor bias;
        final Tensor error;
        final Tensor output;
        final Tensor inputError;
        final Tensor gradient;
        final Tensor biasGradient;
        final NaiveConvolution naive;

        Case(RandomGenerator random, int mostChannels, int mostImages) {
            Precision precision = random.nextBoolean() ? Precision.FLOAT32 : Precision.FLOAT64;
            window = new Window(1 + random.nextInt(5), 1 + random.nextInt(3), random.nextBoolean());
            channels = 1 + random.nextInt(mostChannels);
            outputs = channels * (1 + random.nextInt(3));
            int batch = 1 + random.nextInt(mostImages);
            int height = window.size() + random.nextInt(9);
            int width = window.size() + random.nextInt(9);
            input = RandomTensors.random(random, precision, batch, height, width, channels);
            weights = RandomTensors.random(random, precision, outputs, window.size(), window.size(), 1);
            bias = RandomTensors.random(random, precision, outputs);
            error = RandomTensors.random(random, precision, batch, window.count(height), window.count(width), outputs);
            output = RandomTensors.zerosLike(error);
            inputError = RandomTensors.zerosLike(input);
            gradient = RandomTensors.zerosLike(weights);
            biasGradient = RandomTensors.zerosLike(bias);
            naive = new NaiveConvolution(input, full(), bias, error, window);
        }

        private Tensor full() {
            Tensor full = Tensor.zeros(weights.precision(), Shape.of(outputs, window.size(), window.size(), channels));
            for (int i = 0; i < weights.size(); i++) {
                full.set(i * channels + ownChannel(i), weights.at(i));
            }
            return full;
        }

        private int ownChannel(int weight) {
            int output = weight / (window.size() * window.size());
            return output / (outputs / channels);
        }

        private double[] own(double[] gradientOfAll) {
            double[] own = new double[weights.size()];
            for (int i = 0; i < own.length; i++) {
                own[i] = gradientOfAll[i * channels + ownChannel(i)];
            }
            return own;
        }

        void run() {
            DepthwiseConvolution.forward(input, weights, bias, output, window).run();
            Routine backward =
                    DepthwiseConvolution.backward(input, weights, error, inputError, gradient, biasGradient, window);
            backward.run();
            backward.run(); // nothing may be left over from the first
        }
    }

    @RepeatedTest(60)
    void agreesWithNaiveLoops(RepetitionInfo repetition) {
        Case operands = new Case(RandomStream.of(repetition.getCurrentRepetition(), "depthwise shapes"), 12, 5);
        operands.run();
        ConvolutionTest.assertClose(operands.output, operands.naive.output());
        ConvolutionTest.assertClose(operands.inputError, operands.naive.inputError());
        ConvolutionTest.assertClose(operands.gradient, operands.own(operands.naive.weightGradient()));
        ConvolutionTest.assertClose(operands.biasGradient, operands.naive.biasGradient());
    }

    @RepeatedTest(6)
    void agreesOnMapsOfManyChannelsAndBatchesThatThreadsShare(RepetitionInfo repetition) {
        Case operands = new Case(
                RandomStream.of(repetition.getCurrentRepetition(), "depthwise channels"), MOST_REPEATED / 2, 40);
        operands.run();
        ConvolutionTest.assertClose(operands.output, operands.naive.output());
        ConvolutionTest.assertClose(operands.inputError, operands.naive.inputError());
        ConvolutionTest.assertClose(operands.gradient, operands.own(operands.naive.weightGradient()));
        ConvolutionTest.assertClose(operands.biasGradient, operands.naive.biasGradient());
    }

    @Test
    @DisplayName("negative control: neighbouring kernels exchanged are told")
    void exchangedKernelsAreNoticed() {
        Case operands = new Case(RandomStream.of(3, "depthwise shapes"), 12, 5);
        assertThat(operands.outputs).isGreaterThan(1);
        double[] values = operands.weights.toDoubles();
        int kernel = values.length / operands.outputs;
        for (int i = 0; i < kernel; i++) {
            operands.weights.set(i, values[kernel + i]);
            operands.weights.set(kernel + i, values[i]);
        }
        operands.run();
        assertThat(RandomTensors.difference(operands.output, operands.naive.output()))
                .isGreaterThan(1e-2);
    }

    @Test
    void allocatesNothing() {
        Case operands = new Case(RandomStream.of(5, "depthwise shapes"), 12, 5);
        Routine step = DepthwiseConvolution.forward(
                        operands.input, operands.weights, operands.bias, operands.output, operands.window)
                .then(DepthwiseConvolution.backward(
                        operands.input,
                        operands.weights,
                        operands.error,
                        operands.inputError,
                        operands.gradient,
                        operands.biasGradient,
                        operands.window));
        assertThat(Allocation.ofOneOfMany(step)).isLessThan(Allocation.OF_SHARING);
    }
}
