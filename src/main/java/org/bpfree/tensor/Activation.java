package org.bpfree.tensor;

import java.util.Optional;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.factory.Nd4j;

/** Elementwise non-linearities and the product of an incoming error with their derivative. */
public final class Activation {
    /** Slope of {@link ActivationFunction#LEAKY_RELU} below zero, rounded as the tensors are. */
    public static final double LEAK = 0.1;

    private Activation() {}

    /** {@code output = function(input)}; both may be the same tensor. */
    public static Routine forward(ActivationFunction function, Tensor input, Tensor output) {
        Tensor[] inputs = {input};
        return floatMap(function, input.precision())
                .map(map -> Chunked.mapFloats(input, output, map))
                .orElseGet(() -> switch (function) {
                    case TANH -> NativeOp.of("tanh", inputs, output);
                    case SIGMOID -> NativeOp.of("sigmoid", inputs, output);
                    case RELU -> NativeOp.withReals("relu", inputs, output, 0);
                    case LEAKY_RELU ->
                        Chunked.map(input, output, Activation::leak); // ND4J's own takes the slope as a float
                    case HARD_TANH -> NativeOp.of("hardtanh", inputs, output);
                    case SIGNUM -> sign(input, output);
                    case GELU -> Chunked.map(input, output, Gelu::forward);
                });
    }

    /**
     * {@code difference = output - function(input - displacement)}: how much a displacement of the pre-activation takes from the activation.
     *
     * @param input the pre-activation
     * @param output {@code function(input)}
     * @param difference none of the others
     */
    public static Routine differenceAfter(
            Tensor displacement, ActivationFunction function, Tensor input, Tensor output, Tensor difference) {
        if (function == ActivationFunction.RELU && input.precision() == Precision.FLOAT32) {
            // To rectify once more takes less time than to read the output.
            return Chunked.mapFloats(input, displacement, difference, Activation::rectifierDifference);
        }
        return floatMap(function, input.precision())
                .map(map -> Chunked.mapFloats(input, displacement, output, difference, (h, d, z, n) -> {
                    for (int i = 0; i < n; i++) {
                        h[i] -= d[i];
                    }
                    map.apply(h, n);
                    for (int i = 0; i < n; i++) {
                        h[i] = z[i] - h[i];
                    }
                }))
                .orElseGet(() -> Elementwise.subtract(input, displacement, difference)
                        .then(forward(function, difference, difference))
                        .then(Elementwise.subtract(output, difference, difference)));
    }

    /** The function as a loop of Java code, where that is at hand. */
    private static Optional<Chunked.FloatMap> floatMap(ActivationFunction function, Precision precision) {
        if (precision != Precision.FLOAT32) {
            return Optional.empty();
        }
        return switch (function) {
            case TANH -> Optional.of(Activation::tanh);
            case SIGMOID -> Optional.of(Activation::sigmoid);
            case RELU -> Optional.of(Activation::rectifier);
            case GELU -> Optional.of(Gelu::forward);
            case LEAKY_RELU -> Optional.of(Activation::leak);
            case HARD_TANH, SIGNUM -> Optional.empty();
        };
    }

    /**
     * {@code inputError = error * function'(input)}; {@code inputError} may be neither {@code input} nor {@code output}.
     *
     * @param input the pre-activation
     * @param output {@code function(input)}
     */
    public static Routine backward(
            ActivationFunction function, Tensor input, Tensor output, Tensor error, Tensor inputError) {
        Tensor[] inputs = {input, error};
        boolean single = input.precision() == Precision.FLOAT32;
        return switch (function) {
            // The native ops compute the function once more.
            case TANH ->
                single
                        ? Chunked.mapFloats(output, error, inputError, Activation::tanhError)
                        : NativeOp.of("tanh_bp", inputs, inputError);
            case SIGMOID ->
                single
                        ? Chunked.mapFloats(output, error, inputError, Activation::sigmoidError)
                        : NativeOp.of("sigmoid_bp", inputs, inputError);
            // The sign of a rectified value is the derivative; ND4J's own relu_bp takes three times as long.
            case RELU ->
                single
                        ? Chunked.mapFloats(output, error, inputError, Activation::rectifierError)
                        : sign(output, inputError).then(Elementwise.multiply(inputError, error, inputError));
            case LEAKY_RELU ->
                single
                        ? Chunked.mapFloats(input, error, inputError, Activation::leakError)
                        : Chunked.map(input, error, inputError, Activation::leakError);
            case HARD_TANH -> NativeOp.of("hardtanh_bp", inputs, inputError);
            case SIGNUM -> () -> inputError.fill(0);
            case GELU -> Gelu.backward(input, error, inputError);
        };
    }

    /** Slope of a leaky rectifier, and of its inverse's reciprocal, where its output is {@code y}: 1 for {@code y >= 0}. */
    public static double leakySlope(double y) {
        return y < 0 ? LEAK : 1;
    }

    private static void tanh(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Tanh.of(x[i]);
        }
    }

    private static void tanhError(float[] y, float[] error, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = error[i] * ((1 - y[i]) * (1 + y[i]));
        }
    }

    private static void rectifier(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(x[i], 0);
        }
    }

    private static void rectifierDifference(float[] h, float[] displacement, int n) {
        for (int i = 0; i < n; i++) {
            h[i] = Math.max(h[i], 0) - Math.max(h[i] - displacement[i], 0);
        }
    }

    private static void rectifierError(float[] y, float[] error, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = error[i] * Chunked.isPositive(y[i]);
        }
    }

    private static void leak(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] < 0 ? (float) LEAK * x[i] : x[i];
        }
    }

    private static void leak(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= leakySlope(x[i]);
        }
    }

    private static void leakError(float[] x, float[] error, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] < 0 ? (float) LEAK * error[i] : error[i];
        }
    }

    private static void leakError(double[] x, double[] error, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = error[i] * leakySlope(x[i]);
        }
    }

    private static void sigmoid(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = 0.5f + 0.5f * Tanh.of(0.5f * x[i]);
        }
    }

    private static void sigmoidError(float[] y, float[] error, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = error[i] * (y[i] * (1 - y[i]));
        }
    }

    private static Routine sign(Tensor input, Tensor output) {
        Op op = new Sign(input.array(), output.array());
        return () -> Nd4j.getExecutioner().exec(op);
    }
}
