package org.bpfree.tensor;

/** Elementwise non-linearities and the product of an incoming error with their derivative. */
public final class Activation {
    /** Slope of {@link ActivationFunction#LEAKY_RELU} below zero, rounded as the tensors are. */
    public static final double LEAK = 0.1;

    private static final float AFTER_ONE = Math.nextUp(1f);

    private Activation() {}

    /** {@code output = function(input)}; both may be the same tensor. */
    public static Routine forward(ActivationFunction function, Tensor input, Tensor output) {
        if (input.precision() == Precision.FLOAT32) {
            return Chunked.mapFloats(input, output, floatMap(function));
        }
        return switch (function) {
            case TANH -> Chunked.mapNatively("tanh", input, output);
            case SIGMOID -> Chunked.mapNatively("sigmoid", input, output);
            case RELU -> Chunked.mapDoubles(input, output, Activation::rectifier);
            case LEAKY_RELU -> Chunked.mapDoubles(input, output, Activation::leak);
            case HARD_TANH -> Chunked.mapDoubles(input, output, Activation::hardTanh);
            case SIGNUM -> Chunked.mapDoubles(input, output, Activation::sign);
            case GELU -> Chunked.mapDoubles(input, output, Gelu::forward);
        };
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
        if (input.precision() == Precision.FLOAT64) {
            return Elementwise.subtract(input, displacement, difference)
                    .then(forward(function, difference, difference))
                    .then(Elementwise.subtract(output, difference, difference));
        }
        Chunked.FloatMap map = floatMap(function);
        return Chunked.mapFloats(input, displacement, output, difference, (h, d, z, n) -> {
            for (int i = 0; i < n; i++) {
                h[i] -= d[i];
            }
            map.apply(h, n);
            for (int i = 0; i < n; i++) {
                h[i] = z[i] - h[i];
            }
        });
    }

    /** The function as a loop in single precision. */
    private static Chunked.FloatMap floatMap(ActivationFunction function) {
        return switch (function) {
            case TANH -> Activation::tanh;
            case SIGMOID -> Activation::sigmoid;
            case RELU -> Activation::rectifier;
            case GELU -> Gelu::forward;
            case LEAKY_RELU -> Activation::leak;
            case HARD_TANH -> Activation::hardTanh;
            case SIGNUM -> Activation::sign;
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
        boolean single = input.precision() == Precision.FLOAT32;
        return switch (function) {
            case TANH ->
                single
                        ? Chunked.mapFloats(output, error, inputError, Activation::tanhError)
                        : Chunked.mapDoubles(output, error, inputError, Activation::tanhError);
            case SIGMOID ->
                single
                        ? Chunked.mapFloats(output, error, inputError, Activation::sigmoidError)
                        : Chunked.mapDoubles(output, error, inputError, Activation::sigmoidError);
            case RELU ->
                single
                        ? Chunked.mapFloats(output, error, inputError, Activation::rectifierError)
                        : Chunked.mapDoubles(output, error, inputError, Activation::rectifierError);
            case LEAKY_RELU ->
                single
                        ? Chunked.mapFloats(input, error, inputError, Activation::leakError)
                        : Chunked.mapDoubles(input, error, inputError, Activation::leakError);
            case HARD_TANH ->
                single
                        ? Chunked.mapFloats(input, error, inputError, Activation::hardTanhError)
                        : Chunked.mapDoubles(input, error, inputError, Activation::hardTanhError);
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

    private static void sign(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.signum(x[i]);
        }
    }

    private static void sign(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.signum(x[i]);
        }
    }

    private static void rectifier(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(x[i], 0);
        }
    }

    private static void rectifierError(double[] y, double[] error, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = error[i] * Math.signum(y[i]); // what is rectified has no negative sign
        }
    }

    private static void tanhError(double[] y, double[] error, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = error[i] * ((1 - y[i]) * (1 + y[i]));
        }
    }

    private static void sigmoidError(double[] y, double[] error, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = error[i] * (y[i] * (1 - y[i]));
        }
    }

    private static void hardTanh(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(-1, Math.min(1, x[i]));
        }
    }

    private static void hardTanh(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(-1, Math.min(1, x[i]));
        }
    }

    /** The error passes where {@code |x| <= 1}: where {@code |x|} is less than the number after 1, and differences near 0 are exact. */
    private static void hardTanhError(float[] x, float[] error, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = error[i] * Chunked.isPositive(Math.max(AFTER_ONE - Math.abs(x[i]), 0));
        }
    }

    private static void hardTanhError(double[] x, double[] error, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.abs(x[i]) <= 1 ? error[i] : error[i] * 0;
        }
    }
}
