package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Activations")
class ActivationTest {
    /** From far below to far above the range in which GELU bends, zero and an odd number of elements included. */
    private static final double[] INPUTS = java.util.stream.IntStream.rangeClosed(-2600, 2602)
            .mapToDouble(i -> i / 100.0)
            .toArray();

    private static double argument(double x) {
        return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
    }

    private static double gelu(double x) {
        return x / 2 * (1 + Math.tanh(argument(x)));
    }

    private static double derivative(double x) {
        double tanh = Math.tanh(argument(x));
        double slope = Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
        return (1 + tanh) / 2 + x / 2 * (1 - tanh * tanh) * slope;
    }

    private static double[] map(DoubleUnaryOperator function) {
        return Arrays.stream(INPUTS).map(function).toArray();
    }

    /** Absolute below 1, relative above. */
    private static double worst(Tensor actual, double[] expected) {
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(actual.at(i) - expected[i]) / Math.max(1, Math.abs(expected[i])));
        }
        return worst;
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @DisplayName("GELU, x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), and its derivative are exact up to rounding")
    void agreesWithTheFormula(Precision precision) {
        double tolerance = precision == Precision.FLOAT32 ? 1e-6 : 1e-14;
        Tensor input = Tensor.of(precision, Shape.of(INPUTS.length), INPUTS);
        Tensor output = RandomTensors.zerosLike(input);
        Activation.forward(ActivationFunction.GELU, input, output).run();
        assertThat(worst(output, map(ActivationTest::gelu))).isLessThan(tolerance);

        Tensor error = Tensor.of(precision, input.shape(), map(x -> 1));
        Tensor inputError = RandomTensors.zerosLike(input);
        Activation.backward(ActivationFunction.GELU, input, output, error, inputError)
                .run();
        // 1 - tanh^2 cancels where tanh is almost 1, and is multiplied by up to 10 there.
        assertThat(worst(inputError, map(ActivationTest::derivative))).isLessThan(10 * tolerance);
        assertThat(worst(inputError, map(x -> derivative(x) + 1e-4))).isGreaterThan(10 * tolerance); // negative control
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @DisplayName("GELU may overwrite its input")
    void inPlace(Precision precision) {
        Tensor input = Tensor.of(precision, Shape.of(INPUTS.length), INPUTS);
        Activation.forward(ActivationFunction.GELU, input, input).run();
        assertThat(worst(input, map(ActivationTest::gelu))).isLessThan(1e-6);
    }

    @ParameterizedTest
    @EnumSource(ActivationFunction.class)
    @DisplayName("what a displacement takes from an activation is the difference of two activations, bit by bit")
    void differenceAfterADisplacement(ActivationFunction function) {
        for (Precision precision : Precision.values()) {
            Tensor input = Tensor.of(precision, Shape.of(INPUTS.length), INPUTS);
            Tensor displacement = Tensor.of(precision, input.shape(), map(x -> Math.sin(7 * x)));
            Tensor output = RandomTensors.zerosLike(input);
            Activation.forward(function, input, output).run();
            Tensor difference = RandomTensors.zerosLike(input);
            Activation.differenceAfter(displacement, function, input, output, difference)
                    .run();

            Tensor expected = RandomTensors.zerosLike(input);
            Elementwise.subtract(input, displacement, expected).run();
            Activation.forward(function, expected, expected).run();
            Elementwise.subtract(output, expected, expected).run();
            assertThat(difference.toDoubles()).isEqualTo(expected.toDoubles());
            assertThat(difference.toDoubles()).isNotEqualTo(new double[INPUTS.length]);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @DisplayName("tanh and 1 - tanh^2 are exact up to rounding")
    void tanh(Precision precision) {
        smooth(ActivationFunction.TANH, precision, Math::tanh, x -> 1 - Math.tanh(x) * Math.tanh(x));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @DisplayName("the logistic function s and s (1 - s) are exact up to rounding")
    void sigmoid(Precision precision) {
        DoubleUnaryOperator logistic = x -> 1 / (1 + Math.exp(-x));
        smooth(
                ActivationFunction.SIGMOID,
                precision,
                logistic,
                x -> logistic.applyAsDouble(x) * logistic.applyAsDouble(-x));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @DisplayName("the error of a rectifier passes where its input is above zero, however little")
    void rectifier(Precision precision) {
        double least = precision == Precision.FLOAT32 ? Float.MIN_VALUE : Double.MIN_VALUE;
        Tensor input = Tensor.of(precision, Shape.of(5), -1, 0, least, 1e-30, 1e30);
        Tensor output = RandomTensors.zerosLike(input);
        Tensor error = Tensor.of(precision, Shape.of(5), 1, 2, 3, 4, 5);
        Tensor inputError = RandomTensors.zerosLike(input);

        Activation.forward(ActivationFunction.RELU, input, output).run();
        Activation.backward(ActivationFunction.RELU, input, output, error, inputError)
                .run();

        assertThat(inputError.toDoubles()).containsExactly(0, 0, 3, 4, 5);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @DisplayName("a leaky rectifier has the slope 0.1 below zero, rounded once as the tensors are, and 1 from zero on")
    void leakyRectifier(Precision precision) {
        double slope = precision == Precision.FLOAT32 ? 0.1f : 0.1;
        double tolerance = precision == Precision.FLOAT32 ? 1e-6 : 1e-16;
        Tensor input = Tensor.of(precision, Shape.of(5), -3, -1, 0, 1, 3);
        Tensor output = RandomTensors.zerosLike(input);
        Tensor error = Tensor.of(precision, Shape.of(5), 1, -1, 1, 1, 1);
        Tensor inputError = RandomTensors.zerosLike(input);

        Activation.forward(ActivationFunction.LEAKY_RELU, input, output).run();
        Activation.backward(ActivationFunction.LEAKY_RELU, input, output, error, inputError)
                .run();

        assertThat(output.at(1)).isEqualTo(-slope);
        assertThat(worst(output, new double[] {-3 * slope, -slope, 0, 1, 3})).isLessThan(tolerance);
        assertThat(inputError.toDoubles()).containsExactly(slope, -slope, 1, 1, 1);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @DisplayName("a hard tanh limits to -1..1, and the error passes from -1 to 1, both included")
    void hardTanh(Precision precision) {
        double[] x = {-3, -1.0000001192092896, -1, -0.25, 0, 0.25, 1, 1.0000001192092896, 3};
        Tensor input = Tensor.of(precision, Shape.of(9), x);
        Tensor output = RandomTensors.zerosLike(input);
        Tensor error = Tensor.of(precision, Shape.of(9), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        Tensor inputError = RandomTensors.zerosLike(input);

        Activation.forward(ActivationFunction.HARD_TANH, input, output).run();
        Activation.backward(ActivationFunction.HARD_TANH, input, output, error, inputError)
                .run();

        assertThat(output.toDoubles()).containsExactly(-1, -1, -1, -0.25, 0, 0.25, 1, 1, 1);
        assertThat(inputError.toDoubles()).containsExactly(0, 0, 3, 4, 5, 6, 7, 0, 0);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @DisplayName("clip and half-clip limit x and x/2 to 0..1, and the error passes between the limits, both included")
    void clips(Precision precision) {
        Tensor input = Tensor.of(precision, Shape.of(7), -3, 0, 0.25, 1, 1.5, 2, 3);
        Tensor error = Tensor.of(precision, Shape.of(7), 1, 2, 3, 4, 5, 6, 7);
        Tensor output = RandomTensors.zerosLike(input);
        Tensor inputError = RandomTensors.zerosLike(input);

        Activation.forward(ActivationFunction.CLIP, input, output).run();
        Activation.backward(ActivationFunction.CLIP, input, output, error, inputError)
                .run();
        assertThat(output.toDoubles()).containsExactly(0, 0, 0.25, 1, 1, 1, 1);
        assertThat(inputError.toDoubles()).containsExactly(0, 2, 3, 4, 0, 0, 0);

        Activation.forward(ActivationFunction.HALF_CLIP, input, output).run();
        Activation.backward(ActivationFunction.HALF_CLIP, input, output, error, inputError)
                .run();
        assertThat(output.toDoubles()).containsExactly(0, 0, 0.125, 0.5, 0.75, 1, 1);
        assertThat(inputError.toDoubles()).containsExactly(0, 1, 1.5, 2, 2.5, 3, 0);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @DisplayName("the exponential linear unit and its derivative are exact up to rounding")
    void elu(Precision precision) {
        smooth(ActivationFunction.ELU, precision, x -> x >= 0 ? x : Math.expm1(x), x -> x >= 0 ? 1 : Math.exp(x));
    }

    private static void smooth(
            ActivationFunction function, Precision precision, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
        double tolerance = precision == Precision.FLOAT32 ? 1e-6 : 1e-14;
        Tensor input = Tensor.of(precision, Shape.of(INPUTS.length), INPUTS);
        Tensor output = RandomTensors.zerosLike(input);
        Activation.forward(function, input, output).run();
        assertThat(worst(output, map(value))).isLessThan(tolerance);

        Tensor error = Tensor.of(precision, input.shape(), map(x -> 2 + x));
        Tensor inputError = RandomTensors.zerosLike(input);
        Activation.backward(function, input, output, error, inputError).run();
        assertThat(worst(inputError, map(x -> (2 + x) * slope.applyAsDouble(x))))
                .isLessThan(30 * tolerance); // an error of up to 28 multiplies the rounding of the slope
        assertThat(worst(inputError, map(x -> (2 + x) * slope.applyAsDouble(x) + 1e-4)))
                .isGreaterThan(30 * tolerance); // negative control

        Activation.forward(function, input, input).run();
        assertThat(input.toDoubles()).as("in place").containsExactly(output.toDoubles());
    }
}
