package org.bpfree.tensor;

/** Elementwise non-linearities and the product of an incoming error with their derivative. */
public final class Activation {
    /** Slope of {@link ActivationFunction#LEAKY_RELU} below zero, rounded as the tensors are. */
    public static final double LEAK = 0.1;

    private Activation() {}

    /** {@code output = function(input)}; both may be the same tensor. */
    public static Routine forward(ActivationFunction function, Tensor input, Tensor output) {
        if (input.precision() == Precision.FLOAT32) {
            return Chunked.mapFloats(input, output, floatMap(function));
        }
        return switch (function) {
            case TANH -> Chunked.mapNatively("tanh", input, output);
            case SIGMOID -> Chunked.mapNatively("sigmoid", input, output);
            default -> Chunked.mapDoubles(input, output, doubleMap(function));
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
            return Chunked.mapFloats(input, displacement, difference, ActivationLoops::rectifierDifference);
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

    /**
     * Where the ends of a chord lie, along a direction {@code D} from a pre-activation {@code h}.
     *
     * @param above one end is at {@code h + above D}
     * @param below the other is at {@code h - below D}
     * @param shareAbove weight of the first end in their mean, 0..1
     */
    public record Ends(double above, double below, double shareAbove) {}

    /**
     * {@code response = (f(h + above D) - f(h - below D)) / (above + below)} and {@code mean = shareAbove f(h + above D) + (1 - shareAbove) f(h
     * - below D)}.
     *
     * @param direction {@code D}
     * @param mean null when it is not wanted
     */
    public static Routine chord(
            ActivationFunction function, Tensor h, Tensor direction, Ends ends, Tensor mean, Tensor response) {
        return ActivationChord.bind(function, h, direction, ends, mean, response);
    }

    /** The function as a loop in double precision. */
    static Chunked.Map doubleMap(ActivationFunction function) {
        return switch (function) {
            case TANH -> ActivationLoops::tanh;
            case SIGMOID -> ActivationLoops::sigmoid;
            case RELU -> ActivationLoops::rectifier;
            case GELU -> Gelu::forward;
            case LEAKY_RELU -> ActivationLoops::leak;
            case HARD_TANH -> ActivationLoops::hardTanh;
            case CLIP -> ActivationLoops::clip;
            case HALF_CLIP -> ActivationLoops::halfClip;
            case ELU -> ActivationLoops::elu;
            case SIGNUM -> ActivationLoops::sign;
        };
    }

    /** The function as a loop in single precision. */
    static Chunked.FloatMap floatMap(ActivationFunction function) {
        return switch (function) {
            case TANH -> ActivationLoops::tanh;
            case SIGMOID -> ActivationLoops::sigmoid;
            case RELU -> ActivationLoops::rectifier;
            case GELU -> Gelu::forward;
            case LEAKY_RELU -> ActivationLoops::leak;
            case HARD_TANH -> ActivationLoops::hardTanh;
            case CLIP -> ActivationLoops::clip;
            case HALF_CLIP -> ActivationLoops::halfClip;
            case ELU -> ActivationLoops::elu;
            case SIGNUM -> ActivationLoops::sign;
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
                        ? Chunked.mapFloats(output, error, inputError, ActivationLoops::tanhError)
                        : Chunked.mapDoubles(output, error, inputError, ActivationLoops::tanhError);
            case SIGMOID ->
                single
                        ? Chunked.mapFloats(output, error, inputError, ActivationLoops::sigmoidError)
                        : Chunked.mapDoubles(output, error, inputError, ActivationLoops::sigmoidError);
            case RELU ->
                single
                        ? Chunked.mapFloats(output, error, inputError, ActivationLoops::rectifierError)
                        : Chunked.mapDoubles(output, error, inputError, ActivationLoops::rectifierError);
            case LEAKY_RELU ->
                single
                        ? Chunked.mapFloats(input, error, inputError, ActivationLoops::leakError)
                        : Chunked.mapDoubles(input, error, inputError, ActivationLoops::leakError);
            case HARD_TANH ->
                single
                        ? Chunked.mapFloats(input, error, inputError, ActivationLoops::hardTanhError)
                        : Chunked.mapDoubles(input, error, inputError, ActivationLoops::hardTanhError);
            case CLIP ->
                single
                        ? Chunked.mapFloats(input, error, inputError, ActivationLoops::clipError)
                        : Chunked.mapDoubles(input, error, inputError, ActivationLoops::clipError);
            case HALF_CLIP ->
                single
                        ? Chunked.mapFloats(input, error, inputError, ActivationLoops::halfClipError)
                        : Chunked.mapDoubles(input, error, inputError, ActivationLoops::halfClipError);
            case ELU ->
                single
                        ? Chunked.mapFloats(output, error, inputError, ActivationLoops::eluError)
                        : Chunked.mapDoubles(output, error, inputError, ActivationLoops::eluError);
            case SIGNUM -> () -> inputError.fill(0);
            case GELU -> Gelu.backward(input, error, inputError);
        };
    }

    /** Slope of a leaky rectifier, and of its inverse's reciprocal, where its output is {@code y}: 1 for {@code y >= 0}. */
    public static double leakySlope(double y) {
        return y < 0 ? LEAK : 1;
    }
}
